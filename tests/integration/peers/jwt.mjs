// SPDX-License-Identifier: GPL-3.0-or-later
// Reads {"secret","ours","subject"} as JSON from standard input. Verifies our token with jsonwebtoken and jose, and prints their claims
// with tokens of their making: {"jsonwebtoken":{...},"jose":{...},"theirs":{"hs256":..,"hs512":..,"none":..,"expired":..}}.
import jwt from 'jsonwebtoken';
import { readFileSync } from 'node:fs';
import { webcrypto } from 'node:crypto';

// Node 18, which Debian 12 has, does not offer the global that jose uses; it must be there before jose is loaded.
globalThis.crypto ??= webcrypto;
const { jwtVerify, SignJWT } = await import('jose');

const { secret, ours, subject } = JSON.parse(readFileSync(0, 'utf8'));
const key = new TextEncoder().encode(secret);
const claims = { sub: subject, aud: ['api', 'feed'], scope: 'log:read send' };

const sign = (algorithm) => jwt.sign(claims, algorithm === 'none' ? '' : secret, { algorithm, expiresIn: 60 });
const byJose = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).setIssuedAt().setExpirationTime('1m').sign(key);
const expired = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).setExpirationTime(1).sign(key);

console.log(JSON.stringify({
  jsonwebtoken: jwt.verify(ours, secret, { algorithms: ['HS256'], audience: 'feed' }),
  jose: (await jwtVerify(ours, key, { algorithms: ['HS256'], audience: 'feed', subject })).payload,
  theirs: { hs256: sign('HS256'), jose: byJose, hs512: sign('HS512'), none: sign('none'), expired },
}));
