"""An SMTP server (aiosmtpd) that appends every mail it takes to a file, one JSON object a line. Prints its port."""
import asyncio
import base64
import json
import sys

from aiosmtpd.smtp import SMTP


class Mailbox:
    def __init__(self, path):
        self.file = open(path, "a", encoding="utf-8", buffering=1)

    async def handle_DATA(self, server, session, envelope):
        # Written before the answer: what the sender was told is in the file, whatever happens next.
        self.file.write(json.dumps({"to": envelope.rcpt_tos, "from": envelope.mail_from,
                                    "content": base64.b64encode(envelope.original_content).decode()}) + "\n")
        return "250 2.0.0 taken"


async def main(path):
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Mailbox(path), enable_SMTPUTF8=True, hostname="mailbox.example"), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main(sys.argv[1]))
