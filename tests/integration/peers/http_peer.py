#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An HTTP server that is not ours (Python's), on an ephemeral port of 127.0.0.1: takes every POST.

Prints {"port": N}, then one JSON line for each request: {"path": ..., "body": ...}.
"""
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Taker(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        # Printed before the answer: what the sender was told is out, whatever happens next.
        print(json.dumps({"path": self.path, "body": body}), flush=True)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Taker)
print(json.dumps({"port": server.server_port}), flush=True)
server.serve_forever()
