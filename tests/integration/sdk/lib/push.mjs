// SPDX-License-Identifier: GPL-3.0-or-later
import { createHash } from 'node:crypto'

// The UUID that stands for a message's key: RFC 9562 section 5.5.
export function uuidOf(key) {
  const space = Buffer.from('8d1c0b5e6a574e0e9d0c3f2b7a1e4c60', 'hex')
  const bytes = createHash('sha1').update(space).update(key).digest().subarray(0, 16)
  bytes[6] = (bytes[6] & 0x0f) | 0x50
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

// The clock of the fixtures stands still here.
export const nowSeconds = 1_700_000_000
