// SPDX-License-Identifier: GPL-3.0-or-later
//
// Apprise, a second implementation of many platforms, as Debian packages it (python3-apprise and what it needs).
import { execFileSync } from 'node:child_process'
import { compact } from './peer.mjs'

const python = '/usr/bin/python3'

// `before`: Python that is run with the module as `plugins`, for instance to make it speak to the server of the test.
const program = `
import json, sys
import apprise, apprise.plugins as plugins
given = json.load(sys.stdin)
exec(given["before"])
bell = apprise.Apprise()
assert bell.add(given["url"]), "Apprise does not know " + given["url"]
assert bell.notify(title=given["title"], body=given["body"], body_format=given["format"]), "Apprise could not send it"
`

export const apprise = {
  toString: () => `Apprise ${execFileSync(python, ['-c', 'import apprise; print(apprise.__version__)'], { encoding: 'utf8' }).trim()}`,
}

// Sends by an address of Apprise's. `format` is that of the text: "text" or "markdown".
export function appriseSend(url, { title = '', body, format = 'text', before = '' }) {
  execFileSync(python, ['-c', program], { input: JSON.stringify({ url, title, body, format, before }), stdio: ['pipe', 'ignore', 'inherit'] })
}

// "http://127.0.0.1:1234/path" as "ntfy://bell:secret@127.0.0.1:1234/path", followed by `path` and the query.
export function appriseUrl(scheme, server, { user, password, path = '', query = {} } = {}) {
  const { protocol, host, pathname } = new URL(server)
  const who = user ? `${encodeURIComponent(user)}${password ? `:${encodeURIComponent(password)}` : ''}@` : ''
  const asked = new URLSearchParams(compact(query)).toString()
  return `${scheme}${protocol === 'https:' ? 's' : ''}://${who}${host}${pathname.replace(/\/$/, '')}/${path}${asked && `?${asked}`}`
}
