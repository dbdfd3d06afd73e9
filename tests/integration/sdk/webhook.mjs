// SPDX-License-Identifier: GPL-3.0-or-later
import { Webhook } from 'standardwebhooks'
import { peer } from './lib/peer.mjs'
import { postSigned } from './lib/webhook.mjs'

await peer('standardwebhooks', (given) => postSigned(Webhook, given))
