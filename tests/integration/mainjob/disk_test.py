"""A disk that is full in the middle of a send, and a workspace that cannot be written: a clear word, nothing lost, on it goes.

The workspace is on a small file system of its own, so it needs root.
"""
import base64
import email
import os
import subprocess
import tempfile
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

from carillon import PEERS, Workspace, deliveries_of, read_jsonl, setup, skip, wait_for

PEOPLE = 4000
FILE_SYSTEM = "24m"


@contextmanager
def small_file_system():
    with tempfile.TemporaryDirectory() as place:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={FILE_SYSTEM}", "tmpfs", place], capture_output=True, check=False)
        if mounted.returncode != 0:
            skip("a file system of one's own cannot be mounted here")
        try:
            yield Path(place)
        finally:
            subprocess.run(["umount", "--lazy", place], check=True)


def fill(file):
    """Takes all room that there is."""
    with open(file, "wb", buffering=0) as out:
        for size in (1 << 16, 1 << 12):
            try:
                while out.write(bytes(size)):
                    pass
            except OSError:
                continue


def count_lines(path):
    return path.read_bytes().count(b"\n") if path.exists() else 0


def stands_still(path):
    """No mail comes while one looks away."""
    before = count_lines(path)
    return not wait_for(lambda: count_lines(path) > before, 2)


def check_full_disk(workspace, campaign, box):
    filler = workspace.folder / "filler"
    process = workspace.start("send", campaign)
    try:
        assert wait_for(lambda: count_lines(box) >= PEOPLE // 10), "the send did not begin"
        fill(filler)
        assert wait_for(lambda: stands_still(box)), "mail goes out though nothing can be written"
        stopped_at = count_lines(box)
        assert stopped_at < PEOPLE, "the disk was full too late"
        assert process.poll() is None, "a full disk ends the engine"
        filler.unlink()
        said, _ = process.communicate(timeout=200)
        assert process.returncode == 0, (process.returncode, said[-2000:])
        print(f"the disk was full after {stopped_at} mails")
    finally:
        process.kill()


def check_agreement(workspace, campaign, mails):
    entries = workspace.log("--campaign", campaign)
    planned = [i for e in entries if e["type"] == "delivery.queued" and "outcome" not in e["data"] for i in deliveries_of(e)]
    sent = Counter(e["delivery_id"] for e in entries if e["type"] == "delivery.sent")
    got = Counter(int(email.message_from_bytes(base64.b64decode(mail["content"]))["Message-ID"].strip()[2:].split(".")[0])
                  for mail in mails)
    assert len(planned) == PEOPLE and Counter(planned) == sent, "some were lost, or recorded twice"
    assert got == sent, "the mailbox and the ledger differ"


def check_read_only(workspace, campaign):
    folder = str(workspace.folder)
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
    try:
        refused = subprocess.run(workspace.command("send", campaign), capture_output=True, text=True, timeout=60, check=False)
        assert refused.returncode != 0 and refused.stderr.strip(), (refused.returncode, refused.stderr)
        assert any(word in refused.stderr.lower() for word in ("read-only", "readonly", "written", "write")), refused.stderr
        print("read-only:", refused.stderr.strip())
    finally:
        subprocess.run(["mount", "-o", "remount,rw", folder], check=True)


def main():
    if os.geteuid() != 0:
        skip("needs root")
    with small_file_system() as place, tempfile.TemporaryDirectory() as other:
        workspace = Workspace(place)
        box = Path(other) / "mailbox.jsonl"
        server = subprocess.Popen(["/usr/bin/python3", str(PEERS / "mailbox.py"), str(box)], stdout=subprocess.PIPE, text=True)
        try:
            port = int(server.stdout.readline())
            contacts = Path(other) / "contacts.csv"
            contacts.write_text("email,first_name\n" + "".join(f"p{n}@example.org,Anna\n" for n in range(PEOPLE)), encoding="utf-8")
            workspace.run("import", contacts, "--list", "all")
            workspace.apply(setup(port))
            (scheduled,) = workspace.run("send", "--topic", "news", "--list", "all", "--no-wait")
            check_read_only(workspace, scheduled["campaign"])
            check_full_disk(workspace, scheduled["campaign"], box)
            check_agreement(workspace, scheduled["campaign"], read_jsonl(box))
            print("nothing was lost")
        finally:
            server.kill()


main()
