// SPDX-License-Identifier: GPL-3.0-or-later
import { apprise, appriseSend, appriseUrl } from './lib/apprise.mjs'
import { peer } from './lib/peer.mjs'

// Some of a message Apprise says by headers beside the JSON; ntfy documents a member of it for each.
const asMembers = `
import requests
def post(url, data, headers, **rest):
    message, headers = json.loads(data), dict(headers)
    if "X-Priority" in headers: message["priority"] = ["min", "low", "default", "high", "max"].index(headers.pop("X-Priority")) + 1
    if "X-Tags" in headers: message["tags"] = sorted(headers.pop("X-Tags").split(","))
    if "X-Click" in headers: message["click"] = headers.pop("X-Click")
    return requests.request("post", url, data=json.dumps(message), headers=headers, **rest)
plugins.NotifyNtfy.requests.post = post
`

await peer(apprise, async ({ account: { settings, secrets }, message: { to, fields } }) => {
  const query = { mode: 'private', priority: settings.priority, tags: settings.tags, click: settings.click }
  appriseSend(appriseUrl('ntfy', settings.base_url, { user: settings.user, password: secrets.password, path: to, query }),
    { title: fields.title, body: fields.text, before: asMembers })
})
