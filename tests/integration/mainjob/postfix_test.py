"""A campaign through a real Postfix: TLS, login, refusals by recipient, greylisting, fewer connections than asked for.

At the end the ledger and Postfix's mailbox agree message by message.
"""
import email
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

from carillon import PEERS, Workspace, deliveries_of, setup, skip, wait_for

if os.geteuid() != 0 or not Path("/usr/sbin/postfix").exists() or not shutil.which("saslpasswd2"):
    skip("a Postfix of one's own needs root, and the packages postfix and sasl2-bin")

# Of the local part, see postfix_peer.py.
RECIPIENTS = [f"person{n}@example.net" for n in range(400)] + [
    f"{what}{n}@example.net" for what in ("unknown", "full", "grey") for n in range(12)]
MOST_ATTEMPTS = 2


class Postfix:
    def __init__(self, folder):
        command = ["/usr/bin/python3", str(PEERS / "postfix_peer.py"), str(folder), "--set", "smtpd_client_connection_count_limit=2",
                   "--set", "smtpd_error_sleep_time=0"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        said = self.process.stdout.readline()
        assert said, "Postfix did not start"
        said = json.loads(said)
        self.port, self.ca = said["port"], said["ca"]
        self.log, self.mailbox = Path(said["log"]), Path(said["mailbox"])

    def stop(self):
        self.process.stdin.close()
        self.process.wait(60)

    def mails(self):
        """The delivery's number in each mail's Message-ID ("d42.<workspace>@..."), and whom the mail is to."""
        for file in self.mailbox.iterdir():
            mail = email.message_from_bytes(file.read_bytes())
            yield int(mail["Message-ID"].strip().strip("<>")[1:].split(".")[0]), mail["X-Original-To"] or mail["Delivered-To"]


def content(postfix):
    described = setup(postfix.port, max_attempts=MOST_ATTEMPTS)
    described["accounts"][0]["settings"] = {
        "host": "localhost", "port": postfix.port, "security": "starttls", "ca_file": postfix.ca, "username": "me@mail.example",
        "max_connections": 5}
    return described


def fates_of(entries):
    """Of each delivery by its address: what befell it, in order."""
    addresses = {e["delivery_id"]: e["data"]["address"] for e in entries if e.get("delivery_id") and "address" in e["data"]}
    fates = {}
    for entry in entries:
        for delivery in deliveries_of(entry) if entry["type"].startswith("delivery.") else ():
            fates.setdefault(delivery, []).append(entry["type"].removeprefix("delivery."))
    return {addresses[delivery]: (delivery, fate) for delivery, fate in fates.items()}


def check(fates, postfix):
    assert set(fates) == set(RECIPIENTS), set(RECIPIENTS) - set(fates)
    sent = {delivery: address for address, (delivery, fate) in fates.items() if fate[-1] == "sent"}
    assert wait_for(lambda: sum(1 for _ in postfix.mails()) >= len(sent)), "Postfix has taken more than it delivers"
    got = Counter(delivery for delivery, _ in postfix.mails())
    assert got == Counter(list(sent)), (got - Counter(list(sent)), Counter(list(sent)) - got)
    assert all(sent[delivery] == address for delivery, address in postfix.mails()), "a mail went to another address"
    for address, (_, fate) in fates.items():
        if address.startswith("person"):
            assert fate[-1] == "sent", (address, fate)
        elif address.startswith("unknown"):
            assert fate[-1] in ("bounced", "failed") and fate.count("sending") == 1, (address, fate)
        elif address.startswith("full"):
            assert fate[-1] == "failed" and fate.count("sending") >= MOST_ATTEMPTS, (address, fate)
        else:
            assert fate[-1] == "sent" and fate.count("sending") >= 2, (address, fate)
            assert "retrying" not in fate, f"greylisting cost an attempt: {address} {fate}"
    log = postfix.log.read_text(encoding="utf-8")
    assert "TLS connection established" in log and "sasl_username=me@mail.example" in log
    assert "Connection concurrency limit exceeded" in log, "no connection was refused"
    return len(sent)


def send_a_round(workspace, campaign):
    """Until everybody has been tried, and those who were greylisted for two seconds again; then the engine is told to stop."""
    process = workspace.start("send", campaign)
    with sqlite3.connect(f"file:{workspace.path}?mode=ro", uri=True) as database:
        tried = "SELECT COUNT(*) FROM delivery WHERE state NOT IN ('queued', 'sending')"
        assert wait_for(lambda: database.execute(tried).fetchone() == (len(RECIPIENTS),), 120), "the first round does not end"
    process.send_signal(signal.SIGINT)
    process.wait(60)


def let_an_hour_pass(workspace):
    """A full mailbox is left alone for an hour; so long no test waits."""
    with sqlite3.connect(workspace.path) as database:
        database.execute("UPDATE delivery SET due_at = 0 WHERE state = 'retrying'")


def main():
    with tempfile.TemporaryDirectory() as place, tempfile.TemporaryDirectory() as spool:
        os.environ["CARILLON_SECRET_ACCOUNT_1_PASSWORD"] = "s3cret"
        workspace = Workspace(place)
        postfix = Postfix(spool)
        try:
            contacts = workspace.folder / "contacts.csv"
            contacts.write_text("email,first_name\n" + "".join(f"{address},Anna\n" for address in RECIPIENTS), encoding="utf-8")
            workspace.run("import", contacts, "--list", "all")
            workspace.apply(content(postfix))
            (scheduled,) = workspace.run("send", "--topic", "news", "--list", "all", "--no-wait")
            campaign = scheduled["campaign"]
            send_a_round(workspace, campaign)
            let_an_hour_pass(workspace)
            workspace.run("send", campaign, codes=(0, 3))
            fates = fates_of(workspace.log("--campaign", campaign))
            print(check(fates, postfix), "of", len(RECIPIENTS), "sent; the ledger and Postfix's mailbox agree")
        finally:
            postfix.stop()


main()
