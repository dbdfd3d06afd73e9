#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Postfix of its own, with its own queue, in an empty folder: TLS (STARTTLS demanded before a login), login me@mail.example
with the password "s3cret", mailboxes for @example.net, and refusals by recipient:

    unknown...  550 5.1.1    full...  452 4.2.2    grey...  450 4.2.0 the first time (a policy service)

Needs root, as Postfix does. Prints {"port": N, "ca": certificate, "log": file, "mailbox": maildir of all mail}, runs until its
standard input ends, then stops Postfix.
"""
import argparse
import grp
import json
import os
import pathlib
import pwd
import shutil
import socket
import socketserver
import subprocess
import sys
import threading
import time

HOST = "mail.example"
SERVICES = """127.0.0.1:{port} inet n - n - 60 smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""


class Greylist(socketserver.StreamRequestHandler):
    """Postfix's policy delegation: attributes, an empty line, an action."""

    seen = set()

    def handle(self):
        recipient = ""
        for line in self.rfile:
            name, _, value = line.decode().strip().partition("=")
            if name == "recipient":
                recipient = value
            if name:
                continue
            again = not recipient.startswith("grey") or recipient in self.seen
            self.seen.add(recipient)
            answer = "DUNNO" if again else "450 4.2.0 Greylisted, try again in 2 seconds"
            self.wfile.write(f"action={answer}\n\n".encode())


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def make_login(folder):
    sasl = folder / "sasl"
    sasl.mkdir()
    database = sasl / "sasldb2"
    (sasl / "smtpd.conf").write_text(
        f"pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN CRAM-MD5\nsasldb_path: {database}\n")
    subprocess.run(["saslpasswd2", "-p", "-c", "-f", str(database), "-u", HOST, "me"], input=b"s3cret", check=True)
    shutil.chown(database, "postfix")


def make_certificate(folder):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", str(folder / "key.pem"),
                    "-out", str(folder / "ca.pem")], check=True, stderr=subprocess.DEVNULL)


def settings(folder, policy_port, more):
    table = folder / "recipients"
    table.write_text("/^unknown/ 550 5.1.1 No such user\n/^full/ 452 4.2.2 Mailbox full\n")
    owner = pwd.getpwnam("nobody").pw_uid
    group = grp.getgrnam("nogroup").gr_gid
    lines = {
        "compatibility_level": "3.6", "myhostname": HOST, "mydestination": "", "inet_interfaces": "127.0.0.1",
        "inet_protocols": "ipv4", "queue_directory": folder / "queue", "data_directory": folder / "data",
        "maillog_file": folder / "log", "maillog_file_prefixes": folder, "alias_maps": "", "local_recipient_maps": "",
        "virtual_mailbox_domains": "example.net", "virtual_mailbox_base": folder / "mail", "virtual_mailbox_maps": "static:all/",
        "virtual_uid_maps": f"static:{owner}", "virtual_gid_maps": f"static:{group}", "virtual_minimum_uid": "1",
        "smtpd_client_event_limit_exceptions": "", "smtpd_peername_lookup": "no",
        "smtpd_tls_security_level": "may", "smtpd_tls_cert_file": folder / "ca.pem", "smtpd_tls_key_file": folder / "key.pem",
        "smtpd_tls_auth_only": "yes", "smtpd_tls_loglevel": "2",
        "smtpd_sasl_auth_enable": "yes", "smtpd_sasl_type": "cyrus", "smtpd_sasl_path": "smtpd",
        "cyrus_sasl_config_path": folder / "sasl", "smtpd_sasl_local_domain": HOST,
        "smtpd_relay_restrictions": "permit_sasl_authenticated, reject",
        "smtpd_recipient_restrictions":
            f"check_recipient_access regexp:{table}, check_policy_service inet:127.0.0.1:{policy_port}, permit_sasl_authenticated, reject",
    }
    lines.update(setting.split("=", 1) for setting in more)
    return "".join(f"{name} = {value}\n" for name, value in lines.items())


def prepare(folder, port, policy_port, more):
    folder.chmod(0o755)
    for name, user in (("queue", "root"), ("data", "postfix"), ("mail", "nobody")):
        (folder / name).mkdir()
        shutil.chown(folder / name, user)
    make_login(folder)
    make_certificate(folder)
    (folder / "main.cf").write_text(settings(folder, policy_port, more))
    (folder / "master.cf").write_text(SERVICES.format(port=port))


def control(folder, command):
    return subprocess.run(["/usr/sbin/postfix", "-c", str(folder), command], stdout=subprocess.DEVNULL, stderr=sys.stderr).returncode


def answers(port):
    try:
        with socket.create_connection(("127.0.0.1", port), 5) as connection:
            return connection.recv(3) == b"220"
    except OSError:
        return False


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a setting of main.cf")
    options = parser.parse_args()
    folder = options.folder.resolve()
    policy = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Greylist)
    policy.daemon_threads = True
    threading.Thread(target=policy.serve_forever, daemon=True).start()
    port = free_port()
    prepare(folder, port, policy.server_address[1], options.set)
    if control(folder, "start") != 0:
        sys.exit("Postfix did not start")
    try:
        while not answers(port):
            time.sleep(0.05)
        os.write(1, (json.dumps({"port": port, "ca": str(folder / "ca.pem"), "log": str(folder / "log"),
                                 "mailbox": str(folder / "mail/all/new")}) + "\n").encode())
        sys.stdin.read()
    finally:
        control(folder, "stop")


main()
