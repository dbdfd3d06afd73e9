"""kill -9 in the middle of a send, at random moments: nobody lost, nobody doubled but those in flight, marked uncertain.

At the end the server's mailbox and the ledger agree message by message. The long form: kill_test.py CTL SHARED PEERS --kills 100
The moments come from a seed that is printed; --seed N repeats a run.
"""
import argparse
import base64
import email
import random
import subprocess
import tempfile
import time
from collections import Counter

from carillon import CONTACTS, PEERS, Workspace, deliveries_of, kill, read_jsonl, setup, skip, wait_for

if not CONTACTS.exists():
    skip("the contacts file is not beside the project")

parser = argparse.ArgumentParser()
parser.add_argument("paths", nargs=3)
parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
parser.add_argument("--kills", type=int, default=10)
OPTIONS = parser.parse_args()
SEED, KILLS = OPTIONS.seed, OPTIONS.kills
# So that the kills are spread over the whole send.
MOST_BETWEEN = max(2, min(700, 4_000 // KILLS))


def count_lines(path):
    if not path.exists():
        return 0
    with open(path, "rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


def main():
    print("seed", SEED)
    rng = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(folder)
        box = workspace.folder / "mailbox.jsonl"
        server = subprocess.Popen(["/usr/bin/python3", str(PEERS / "mailbox.py"), str(box)], stdout=subprocess.PIPE, text=True)
        try:
            port = int(server.stdout.readline())
            workspace.run("import", CONTACTS, "--list", "all", codes=(3,))
            workspace.apply(setup(port))
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
            assert done >= KILLS // 2, f"only {done} kills hit a running send"
            workspace.run("send", campaign, codes=(0, 3))
            check(workspace, campaign, read_jsonl(box), done)
        finally:
            server.kill()


def message_id(mail):
    return email.message_from_bytes(base64.b64decode(mail["content"]))["Message-ID"].strip().strip("<>")


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
    # One that was in flight at as many kills as it has attempts is held: known to be uncertain, a person decides.
    last = {e["delivery_id"]: e["type"] for e in entries if e.get("delivery_id")}
    held = {delivery for delivery, kind in last.items() if kind == "delivery.uncertain"}
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
