// SPDX-License-Identifier: GPL-3.0-or-later
import { Webhook } from 'svix'
import { peer } from './lib/peer.mjs'
import { postSigned } from './lib/webhook.mjs'

await peer('svix', (given) => postSigned(Webhook, given))
