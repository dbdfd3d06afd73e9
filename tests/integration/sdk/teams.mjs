// SPDX-License-Identifier: GPL-3.0-or-later
//
// Teams has no library that posts to a workflow; Microsoft's own library of Adaptive Cards writes the card, and reads back
// what it wrote without a complaint.
import cards from 'adaptivecards/dist/adaptivecards.js'
import { peer } from './lib/peer.mjs'

function block(text, look = {}) {
  return Object.assign(new cards.TextBlock(), { text, wrap: true }, look)
}

function cardOf({ title, text }, fullWidth) {
  const card = new cards.AdaptiveCard()
  card.version = new cards.Version(1, 4)
  if (title)
    card.addItem(block(title, { size: cards.TextSize.Large, weight: cards.TextWeight.Bolder }))
  if (text)
    card.addItem(block(text))
  const written = { $schema: 'http://adaptivecards.io/schemas/adaptive-card.json', ...card.toJSON() }
  const reading = new cards.SerializationContext()
  new cards.AdaptiveCard().parse(written, reading)
  if (reading.eventCount > 0)
    throw new Error(reading.getEventAt(0).message)
  return fullWidth ? { ...written, msteams: { width: 'Full' } } : written
}

await peer('adaptivecards', async ({ account: { settings, secrets }, message: { fields } }) => {
  await fetch(secrets.url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      type: 'message',
      attachments: [{
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: cardOf(fields, settings.full_width !== false),
      }],
    }),
  })
})
