#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A mail server that is not ours (aiosmtpd), on an ephemeral port of 127.0.0.1.

Prints {"port": N}, then one JSON line for each message it takes: envelope, options, content in base64, whether TLS was on and who
was logged in. Recipients whose name starts with "unknown" are refused with 550 5.1.1, those with "grey" with 450 4.7.1.
"""
import argparse
import asyncio
import base64
import hmac
import json
import ssl

from aiosmtpd.smtp import MISSING, SMTP, AuthResult


def login_matches(wanted, data):
    return wanted is not None and f"{data.login.decode()}:{data.password.decode()}" == wanted


class Server(SMTP):
    """Adds the mechanisms that aiosmtpd leaves to others."""

    login = None

    async def auth_CRAM__MD5(self, _, args):
        challenge = b"<4711.17@peer.example>"
        answer = await self.challenge_auth(challenge)
        if answer is MISSING:
            return AuthResult(success=False)
        user, password = self.login.split(":", 1)
        digest = hmac.new(password.encode(), challenge, "md5").hexdigest()
        return AuthResult(success=answer.decode() == f"{user} {digest}", handled=False)

    async def auth_XOAUTH2(self, _, args):
        user, token = self.login.split(":", 1)
        given = base64.b64decode(args[1]) if len(args) > 1 else await self.challenge_auth(b"")
        if given == f"user={user}\1auth=Bearer {token}\1\1".encode():
            return AuthResult(success=True)
        await self.challenge_auth(b'{"status":"401"}')
        return AuthResult(success=False, handled=False)


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("unknown"):
            return "550 5.1.1 No such user"
        if address.startswith("grey"):
            return "450 4.7.1 Greylisted"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        print(json.dumps({
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "options": envelope.mail_options,
            "content": base64.b64encode(envelope.content).decode(),
            "hello": session.host_name,
            "tls": server.transport.get_extra_info("sslcontext") is not None,
            "resumed": bool(getattr(server.transport.get_extra_info("ssl_object"), "session_reused", False)),
            "login": bool(session.authenticated),
        }), flush=True)
        return "250 2.0.0 OK: queued as AB12CD"


def tls_context(options):
    if not options.certificate:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(options.certificate, options.key)
    if options.newest:
        context.maximum_version = ssl.TLSVersion[options.newest]
    return context


async def serve(options):
    context = tls_context(options)
    starttls = context if options.tls == "starttls" else None

    def connection():
        server = Server(
            Handler(), data_size_limit=options.size, enable_SMTPUTF8=not options.ascii, tls_context=starttls,
            auth_required=options.login is not None, auth_require_tls=options.tls == "starttls",
            authenticator=lambda _server, _session, _envelope, _mechanism, data: AuthResult(success=login_matches(options.login, data), handled=False),
            auth_exclude_mechanism=[name for name in ("PLAIN", "LOGIN", "CRAM-MD5", "XOAUTH2") if options.mechanism and name != options.mechanism])
        server.login = options.login
        return server

    implicit = context if options.tls == "implicit" else None
    server = await asyncio.get_running_loop().create_server(connection, "127.0.0.1", options.port, ssl=implicit)
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    await server.serve_forever()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tls", choices=("none", "starttls", "implicit"), default="none")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--newest", choices=("TLSv1_2", "TLSv1_3"), help="the newest TLS to speak")
    parser.add_argument("--login", help="user:password; nothing goes without it")
    parser.add_argument("--mechanism", help="offer this one alone")
    parser.add_argument("--ascii", action="store_true", help="do not offer SMTPUTF8")
    parser.add_argument("--size", type=int, default=1_000_000)
    asyncio.run(serve(parser.parse_args()))


main()
