"""The main job, end to end: import, dry run, send to a real SMTP server, parse every mail, follow the feed over a reconnect."""
import base64
import csv
import email
import email.policy
import json
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import datetime, timedelta, timezone

from carillon import CONTACTS, EXPECTED, PEERS, Workspace, deliveries_of, read_jsonl, setup, skip

if not CONTACTS.exists():
    skip("the contacts file is not beside the project")
if not (PEERS / "node_modules" / "ws").exists():
    skip("run npm ci in tests/integration/peers")


def check_import(workspace):
    expected = json.loads(EXPECTED.read_text(encoding="utf-8"))
    report = workspace.folder / "refused.csv"
    (result,) = workspace.run("import", CONTACTS, "--list", "all", "--report", report, codes=(3,))
    assert result["rows"] == expected["rows"] and result["inserted"] == expected["good"], result
    assert result["refused"] == {k: v for k, v in expected.items() if k not in ("rows", "good")}, result
    with open(report, encoding="utf-8-sig", newline="") as lines:
        assert sum(1 for _ in csv.reader(lines)) - 1 == sum(result["refused"].values())
    return expected["good"]


def check_mail(mail):
    """One mail as Python's parser sees it; gives what must be personal in it."""
    message = email.message_from_bytes(base64.b64decode(mail["content"]), policy=email.policy.default)
    parts = {part.get_content_type(): part for part in message.walk()}
    for part in message.walk():
        assert not part.defects, part.defects
    for header in message.values():
        assert not getattr(header, "defects", ()), (header, header.defects)
    assert message.get_content_type() == "multipart/alternative", message.get_content_type()
    assert message["List-Unsubscribe"] == "<mailto:leave@shop.example.org>" or "leave@shop.example.org" in message["List-Unsubscribe"]
    assert message["From"].addresses[0].display_name == "Shop \u00c4"
    assert message["Date"].datetime is not None
    return message, parts["text/plain"].get_content(), parts["text/html"].get_content()


def check_mails(mails, contacts):
    recipients = Counter(mail["to"][0].casefold() for mail in mails)
    assert len(recipients) == len(mails) == len(contacts), (len(recipients), len(mails), len(contacts))
    ids = set()
    for mail in mails:
        contact = contacts[mail["to"][0].casefold()]
        message, text, html = check_mail(mail)
        ids.add(message["Message-ID"])
        name = f"Dear {contact['first_name']} {contact['last_name']}"
        subject = f"Hello {contact['first_name']} in {contact['city']}".replace("\n", " ")  # a line break must not end a header
        assert message["Subject"] == subject, (message["Subject"], contact)
        assert text.startswith(name + ","), (text, contact)
        assert "\n.a line with a dot\n" in text.replace("\r\n", "\n"), text
        assert contact["plan"].upper() in text and contact["plan"].upper() in html
        escaped = name.replace("&", "&amp;").replace("'", "&#39;").replace('"', "&quot;").replace("<", "&lt;")
        assert escaped in html, (escaped, html)
    assert len(ids) == len(mails), "a Message-ID stands on two mails"


def good_contacts():
    """The rows that must get a mail, by address, read with Python's own CSV reader."""
    contacts = {}
    with open(CONTACTS, encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["email"] and None not in row.values():
                contacts.setdefault(row["email"].strip().casefold(), row)
    return contacts


def main():
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(folder)
        box = workspace.folder / "mailbox.jsonl"
        server = subprocess.Popen(["/usr/bin/python3", str(PEERS / "mailbox.py"), str(box)], stdout=subprocess.PIPE, text=True)
        follower = serve = None
        try:
            port = int(server.stdout.readline())
            good = check_import(workspace)
            workspace.apply(setup(port))
            (dry,) = workspace.run("dry-run", "--topic", "news", "--list", "all")
            assert dry["audience"] == dry["will_send"] == good and dry["left_out"] == {}, dry

            # Due a little later, so that the follower is there for the first entry.
            at = (datetime.now(timezone.utc) + timedelta(seconds=6)).isoformat(timespec="seconds")
            (scheduled,) = workspace.run("send", "--topic", "news", "--list", "all", "--at", at, "--no-wait")
            campaign = scheduled["campaign"]
            serve = workspace.start("serve", "--listen", "127.0.0.1:0")
            address = json.loads(serve.stdout.readline())
            token = address["dashboard"].split("token=")[1]
            follower = subprocess.Popen(["node", str(PEERS / "follow.mjs"), address["address"].replace("http", "ws") + "ws/v1", token, "5000"],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            out, err = follower.communicate(timeout=240)
            assert follower.returncode == 0, err
            seen = json.loads(out)
            serve.terminate()
            assert serve.wait(20) == 0

            mails = read_jsonl(box)
            contacts = {key: row for key, row in good_contacts().items() if key in {m["to"][0].casefold() for m in mails}}
            assert len(mails) == good, (len(mails), good)
            check_mails(mails, contacts)

            entries = workspace.log("--campaign", campaign)
            types = Counter(entry["type"] for entry in entries)
            for kind in ("delivery.queued", "delivery.sending", "delivery.sent"):
                told = [i for entry in entries if entry["type"] == kind for i in deliveries_of(entry)]
                assert len(told) == len(set(told)) == dry["will_send"], (kind, len(told))
            (first,) = (e for e in entries if e["type"] == "delivery.sent" and e["delivery_id"] == told[0])
            own = [(e["type"], e["data"]["address"]) for e in workspace.log("--delivery", told[0])]
            assert own == [(f"delivery.{what}", first["data"]["address"]) for what in ("queued", "sending", "sent")], own
            assert types["campaign.finished"] == 1, types
            feed = [e["seq"] for e in workspace.log("--type", "delivery.*", "--type", "campaign.*") if e["seq"] >= seen["seqs"][0]]
            assert Counter(seen["types"])["delivery.sent"] == dry["will_send"], "the follower missed something"
            assert seen["breaks"] == 1 and seen["recovered"][-1] is True
            assert seen["seqs"] == feed, "the feed had a gap, a repeat or another order"
            print(f"{good} contacts, {len(mails)} mails parsed, {len(entries)} log entries, {len(seen['seqs'])} events over a reconnect: all agree")
        finally:
            for process in (follower, serve, server):
                if process and process.poll() is None:
                    process.kill()


main()
