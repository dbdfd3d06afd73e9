"""kill -9 in the middle of a send, ten times at random moments: nobody lost, nobody doubled but those in flight, marked uncertain.

The moments come from a seed that is printed; give it as the fourth argument to repeat a run, and a number of kills as the fifth.
"""
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter

from carillon import CONTACTS, PEERS, Workspace, deliveries_of, kill, read_jsonl, setup, skip, wait_for

if not CONTACTS.exists():
    skip("the contacts file is not beside the project")

SEED = int(sys.argv[4]) if len(sys.argv) > 4 else time.time_ns() % 1_000_000
KILLS = int(sys.argv[5]) if len(sys.argv) > 5 else 10


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
                before = len(read_jsonl(box))
                more = rng.randrange(1, 700)
                reached = wait_for(lambda: len(read_jsonl(box)) >= before + more or process.poll() is not None)
                assert reached, "the send made no progress"
                if process.poll() is not None:
                    break
                time.sleep(rng.random() * 0.05)
                kill(process)
                done += 1
            assert done >= min(KILLS, 5), f"only {done} kills hit a running send"
            workspace.run("send", campaign, codes=(0, 3))
            check(workspace, campaign, read_jsonl(box), done)
        finally:
            server.kill()


def check(workspace, campaign, mails, kills):
    entries = workspace.log("--campaign", campaign)
    ids = [i for e in entries if e["type"] == "delivery.queued" and "outcome" not in e["data"] for i in deliveries_of(e)]
    assert len(ids) == len(set(ids)), "a delivery was planned twice"
    addresses = {e["delivery_id"]: e["data"]["address"].casefold() for e in entries if "address" in e["data"]}
    planned = {i: addresses[i] for i in ids}
    uncertain = {e["data"]["address"].casefold() for e in entries if e["type"] == "delivery.uncertain"}
    sent = Counter(e["delivery_id"] for e in entries if e["type"] == "delivery.sent")
    got = Counter(mail["to"][0].casefold() for mail in mails)
    lost = set(planned.values()) - set(got)
    assert not lost, f"{len(lost)} lost: {sorted(lost)[:5]}"
    strangers = set(got) - set(planned.values())
    assert not strangers, strangers
    doubled = {address for address, count in got.items() if count > 1}
    assert doubled <= uncertain, f"doubled but not uncertain: {sorted(doubled - uncertain)[:5]}"
    assert all(count == 1 for count in sent.values()), "a delivery was recorded as sent twice"
    assert set(sent) == set(planned), (len(sent), len(planned))
    print(f"{kills} kills, {len(planned)} deliveries, {len(mails)} mails: nobody lost, {len(uncertain)} uncertain, {len(doubled)} of them doubled")


main()
