// SPDX-License-Identifier: GPL-3.0-or-later
import { WhatsAppAPI } from 'whatsapp-api-js'
import {
  BodyComponent, BodyParameter, Document, HeaderComponent, HeaderParameter, Image, PayloadComponent, SkipButtonComponent, Template,
  Text, URLComponent, Video,
} from 'whatsapp-api-js/messages'
import { peer } from './lib/peer.mjs'

const media = { image: Image, video: Video }

function mediumOf({ type, [type]: medium }) {
  const [file, isId] = medium.id ? [medium.id, true] : [medium.link, false]
  return type === 'document' ? new Document(file, isId, undefined, medium.filename) : new media[type](file, isId)
}

const valueOf = (parameter) => (parameter.type === 'text' ? parameter.text : mediumOf(parameter))

// Its buttons are counted from 0; those in between that need no parameter are skipped.
function* buttonsOf(components) {
  let next = 0
  for (const { index, sub_type, parameters: [parameter] } of components.filter(({ type }) => type === 'button')) {
    for (; next < Number(index); ++next)
      yield new SkipButtonComponent()
    yield sub_type === 'url' ? new URLComponent(parameter.text) : new PayloadComponent(parameter.payload)
    ++next
  }
}

function templateOf({ name, language, components = [] }) {
  const made = components.filter(({ type }) => type !== 'button').map(({ type, parameters }) =>
    type === 'header'
      ? new HeaderComponent(...parameters.map((one) => new HeaderParameter(valueOf(one), one.parameter_name)))
      : new BodyComponent(...parameters.map((one) => new BodyParameter(valueOf(one), one.parameter_name))))
  return new Template(name, language.code, ...made, ...buttonsOf(components))
}

await peer('whatsapp-api-js', async ({ account: { settings, secrets }, message: { to, key, fields } }) => {
  const api = new WhatsAppAPI({
    token: secrets.token, appSecret: secrets.app_secret, v: settings.api_version,
    ponyfill: { fetch: (url, options) => fetch(url.replace('https://graph.facebook.com', settings.base_url), options) },
  })
  const message = fields.type === 'text' ? new Text(fields.text.body, fields.text.preview_url) : templateOf(fields.template)
  const answer = await api.sendMessage(settings.phone_number_id, to, message, undefined, key)
  if (answer.error)
    throw new Error(JSON.stringify(answer.error))
})
