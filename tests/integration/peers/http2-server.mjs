// SPDX-License-Identifier: GPL-3.0-or-later
// An HTTP/2 server by Node over TLS: node http2-server.mjs CERTIFICATE KEY. Prints its port, then a line of JSON for each
// request: {"connection", "path", "method", "headers", "body"}. The path says what it does:
//
//   /answer/<status>   answers with the request's body
//   /reset/<code>      resets the stream with this error code (RFC 9113 section 7), the request read
//   /leave             says GOAWAY for all streams so far, and answers
//   /refuse-all        says GOAWAY as if it had seen no stream, answers nothing; the next connection answers
//   /drop              cuts the connection
//   /hang              answers nothing
import { createSecureServer, constants } from 'node:http2';
import { readFileSync } from 'node:fs';

const [certificate, key] = process.argv.slice(2);
const server = createSecureServer({ cert: readFileSync(certificate), key: readFileSync(key), settings: { maxConcurrentStreams: 1000 } });

let connections = 0;
let refused; // the connection on which all was refused
server.on('session', (session) => {
  session.connectionNumber = ++connections;
  session.on('error', () => {});
});

const behaviours = {
  answer: (stream, status, body) => {
    stream.respond({ ':status': Number(status) });
    stream.end(body);
  },
  reset: (stream, code) => stream.close(Number(code)),
  leave: (stream, _, body) => {
    stream.session.goaway(constants.NGHTTP2_NO_ERROR, stream.id);
    behaviours.answer(stream, 200, body);
  },
  'refuse-all': (stream, _, body) => {
    const { session } = stream;
    if (refused && refused !== session) return behaviours.answer(stream, 200, body);
    if (refused) return;
    refused = session;
    session.goaway(constants.NGHTTP2_NO_ERROR, 0);
    setTimeout(() => session.destroy(), 50);
  },
  drop: (stream) => stream.session.destroy(),
  hang: () => {},
};

server.on('stream', (stream, headers) => {
  stream.on('error', () => {});
  const chunks = [];
  stream.on('data', (chunk) => chunks.push(chunk));
  stream.on('end', () => {
    const body = Buffer.concat(chunks).toString();
    const path = headers[':path'];
    const plain = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':')));
    console.log(JSON.stringify({ connection: stream.session?.connectionNumber, path, method: headers[':method'], headers: plain, body }));
    const [, behaviour, argument] = path.split('/');
    behaviours[behaviour](stream, argument, body);
  });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
