"""kill -9 in the middle of a send, at random moments: nobody lost, nobody doubled but those in flight, marked uncertain.

At the end the server's mailbox and the ledger agree message by message. The long form: kill_test.py CTL SHARED PEERS --kills 100
It takes so many contacts that every kill falls into the one send. The moments come from a seed that is printed; --seed N repeats
a run.
"""
import argparse
import base64
import email
import random
import subprocess
import tempfile
import time
from collections import Counter

from carillon import PEERS, Workspace, deliveries_of, kill, read_jsonl, setup, wait_for

parser = argparse.ArgumentParser()
parser.add_argument("paths", nargs=3)
parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
parser.add_argument("--kills", type=int, default=10)
OPTIONS = parser.parse_args()
SEED, KILLS = OPTIONS.seed, OPTIONS.kills
# What a kill takes at the most: the mails until its moment, and those that go out until it has come.
MOST_BETWEEN, MOST_BEYOND = 400, 100
CONTACT_COUNT = KILLS * (MOST_BETWEEN + MOST_BEYOND)
# Attempts; of one that was in flight at as many kills nobody knows whether it was sent, and a person decides.
MOST_ATTEMPTS = 3


def count_lines(path):
    if not path.exists():
        return 0
    with open(path, "rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


def write_contacts(path):
    with open(path, "w", encoding="utf-8") as file:
        file.write("email,first_name,last_name,city,plan,orders\n")
        for number in range(CONTACT_COUNT):
            file.write(f"person{number}@d{number % 50}.example.net,First{number},Last{number},City{number % 9},basic,{number % 3}\n")


def main():
    print("seed", SEED)
    rng = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(folder)
        box = workspace.folder / "mailbox.jsonl"
        server = subprocess.Popen(["/usr/bin/python3", str(PEERS / "mailbox.py"), str(box)], stdout=subprocess.PIPE, text=True)
        try:
            port = int(server.stdout.readline())
            contacts = workspace.folder / "contacts.csv"
            write_contacts(contacts)
            workspace.run("import", contacts, "--list", "all")
            workspace.apply(setup(port, max_attempts=MOST_ATTEMPTS))
            (scheduled,) = workspace.run("send", "--topic", "news", "--list", "all", "--no-wait")
            campaign = scheduled["campaign"]
            done = 0
            for _ in range(KILLS):
                process = workspace.start("send", campaign)
                aim = count_lines(box) + rng.randrange(1, MOST_BETWEEN)
                reached = wait_for(lambda: count_lines(box) >= aim or process.poll() is not None)
                assert reached, "the send made no progress"
                if process.poll() is not None:
                    break
                time.sleep(rng.random() * 0.05)
                kill(process)
                done += 1
            assert done == KILLS, f"only {done} of {KILLS} kills hit the running send"
            workspace.run("send", campaign, codes=(0, 3))
            check(workspace, campaign, read_jsonl(box), done)
        finally:
            server.kill()


def message_id(mail):
    return email.message_from_bytes(base64.b64decode(mail["content"]))["Message-ID"].strip().strip("<>")


def held_ones(entries):
    """Those that ended uncertain: each was journalled and lost as often as it has attempts, and nothing else befell it."""
    last = {e["delivery_id"]: e["type"] for e in entries if e.get("delivery_id")}
    held = {delivery for delivery, kind in last.items() if kind == "delivery.uncertain"}
    fates = {delivery: Counter() for delivery in held}
    for entry in entries:
        for delivery in deliveries_of(entry) if entry["type"].startswith("delivery.") else ():
            if delivery in held:
                fates[delivery][entry["type"]] += 1
    expected = {"delivery.queued": 1, "delivery.sending": MOST_ATTEMPTS, "delivery.uncertain": MOST_ATTEMPTS,
                "delivery.retrying": MOST_ATTEMPTS - 1}
    for delivery, fate in fates.items():
        assert fate == expected, f"delivery {delivery} is held after {dict(fate)}"
    return held


def check(workspace, campaign, mails, kills):
    entries = workspace.log("--campaign", campaign)
    outcomes = [e for e in entries if e["type"] in ("delivery.sent", "delivery.uncertain")]
    addresses = {e["delivery_id"]: e["data"]["address"].casefold() for e in outcomes}
    uncertain = {e["delivery_id"] for e in outcomes if e["type"] == "delivery.uncertain"}
    sent = Counter(e["delivery_id"] for e in outcomes if e["type"] == "delivery.sent")
    # A Message-ID begins with the number of its delivery, and is the same each time that it is sent: "d42.<workspace>@...".
    got = Counter((int(message_id(mail)[1:].split(".")[0]), mail["to"][0].casefold()) for mail in mails)
    ids = {delivery for delivery, _ in got}
    queued = [i for e in entries if e["type"] == "delivery.queued" and "outcome" not in e["data"] for i in deliveries_of(e)]
    planned = set(queued)
    assert len(queued) == len(planned), "a delivery was planned twice"
    held = held_ones(entries)
    assert not ids - planned, f"in the mailbox, never planned: {sorted(ids - planned)[:5]}"
    assert not planned - ids - held, f"{len(planned - ids - held)} lost: {sorted(planned - ids - held)[:5]}"
    assert not ids - set(sent) - held, f"in the mailbox, not sent in the ledger: {sorted(ids - set(sent) - held)[:5]}"
    assert not set(sent) - ids, f"sent in the ledger, not in the mailbox: {sorted(set(sent) - ids)[:5]}"
    assert all(addresses[delivery] == address for delivery, address in got), "a mail went to another address"
    doubled = {delivery for (delivery, _), count in got.items() if count > 1}
    assert doubled <= uncertain, f"doubled but not uncertain: {sorted(doubled - uncertain)[:5]}"
    assert all(count == 1 for count in sent.values()), "a delivery was recorded as sent twice"
    print(f"{kills} kills, {len(sent)} deliveries, {len(mails)} mails: nobody lost, {len(uncertain)} uncertain, {len(doubled)} of them doubled, {len(held)} held")


main()
