// SPDX-License-Identifier: GPL-3.0-or-later
// Reads {"<algorithm>": {"token", "key"}} as JSON from standard input, the key a public one in PEM form. Verifies each token
// with jsonwebtoken and jose, and prints the headers and claims they read: {"<algorithm>": {"jsonwebtoken": {"header",
// "payload"}, "jose": {"header", "payload"}}}.
import jwt from 'jsonwebtoken';
import { readFileSync } from 'node:fs';
import { webcrypto } from 'node:crypto';

// Node 18, which Debian 12 has, does not offer the global that jose uses; it must be there before jose is loaded.
globalThis.crypto ??= webcrypto;
const { importSPKI, jwtVerify } = await import('jose');

const answers = {};
for (const [algorithm, { token, key }] of Object.entries(JSON.parse(readFileSync(0, 'utf8')))) {
  const { header, payload } = jwt.verify(token, key, { algorithms: [algorithm], complete: true });
  const verified = await jwtVerify(token, await importSPKI(key, algorithm), { algorithms: [algorithm] });
  answers[algorithm] = {
    jsonwebtoken: { header, payload },
    jose: { header: verified.protectedHeader, payload: verified.payload },
  };
}
console.log(JSON.stringify(answers));
