// SPDX-License-Identifier: GPL-3.0-or-later
//
// What every script of this folder does: it reads lines from its standard input, each one message of a fixture,
//
//     {"server": "http://127.0.0.1:1234", "name": "a text", "account": {"settings": {}, "secrets": {}, "receiptsUrl": ""},
//      "message": {"to": "", "from": "", "key": "", "channel": "", "content": "", "fields": {}, "continuations": []}}
//
// sends it by the platform's own library to `server`, which records it, and answers each with one line:
//
//     {"peer": "@slack/web-api 8.2.0"}       and "error": "..." when the library could not send it
//
// The script of the provider "slack" is slack.mjs; further ones for other libraries are slack.<library>.mjs. SdkTest finds
// them by their names.
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const versionOf = (name) => JSON.parse(readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url))).version

// `library`: the npm package, or what says its own name and version (toString) when it is none of npm.
// `send({ server, name, account, message })` sends one message. It is called again for each of its continuations, whose
// `message.fields` are their own and whose `message.key` ends in -2, -3, ...
export async function peer(library, send) {
  const name = typeof library === 'string' ? `${library} ${versionOf(library)}` : String(library)
  for await (const line of createInterface({ input: process.stdin })) {
    const answer = { peer: name }
    try {
      const given = JSON.parse(line)
      await send(given)
      for (const [index, fields] of (given.message.continuations ?? []).entries())
        await send({ ...given, message: { ...given.message, fields, key: `${given.message.key}-${index + 2}` } })
    } catch (error) {
      answer.error = String(error?.stack ?? error)
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`)
  }
  process.exit(0)
}

// An object without the members that are undefined, null or empty texts.
export const compact = (object) =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined && value !== null && value !== ''))
