// SPDX-License-Identifier: GPL-3.0-or-later
// usage: node webhook-receiver.mjs <secret>   Prints its port, then for each request one line: {"verified":bool,"id":..,"body":..}.
import { Webhook } from 'standardwebhooks';
import { createServer } from 'node:http';

const webhook = new Webhook(process.argv[2]);
const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request)
    chunks.push(chunk);
  const body = Buffer.concat(chunks).toString('utf8');
  let verified = true;
  try {
    webhook.verify(body, request.headers);
  } catch {
    verified = false;
  }
  console.log(JSON.stringify({ verified, id: request.headers['webhook-id'], body }));
  response.writeHead(verified ? 204 : 400).end();
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
