"""An operator at the command line while the engine runs in another process: every command acts there, at once, under his name.

And a workspace that was copied: it says so, sends nothing, and goes on when somebody says that the copy is the one that sends.
"""
import getpass
import json
import os
import shutil
import signal
import stat
import subprocess
import tempfile
from pathlib import Path

from carillon import CONTACTS, PEERS, Workspace, kill, read_jsonl, setup, skip, wait_for

if not CONTACTS.exists():
    skip("the contacts file is not beside the project")


def refused(workspace, *arguments, code=1):
    done = subprocess.run(workspace.command(*arguments), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == code, (arguments, done)
    return json.loads(done.stderr)["error"]


def serving(workspace, *options):
    serve = workspace.start("serve", "--listen", "127.0.0.1:0", *options)
    assert "address" in json.loads(serve.stdout.readline())
    return serve


def end(serve):
    serve.send_signal(signal.SIGTERM)
    assert serve.wait(30) == 0


def campaign_of(workspace, number):
    return next(one for one in workspace.run("campaigns") if one["campaign"] == number)


def check_control(workspace, box):
    """Scheduled, undone, throttled, sent, paused, resumed and cancelled, all of it from outside."""
    (scheduled,) = workspace.run("send", "--topic", "news", "--list", "all", "--no-wait", "--at", "2099-01-01T00:00:00Z")
    number = scheduled["campaign"]
    assert campaign_of(workspace, number)["state"] == "scheduled"
    assert workspace.run("undo", number)[0]["state"] == "draft"
    assert workspace.run("throttle", number, 1200)[0]["per_minute"] == 1200
    workspace.run("send", number, "--no-wait")
    assert wait_for(lambda: campaign_of(workspace, number)["counts"].get("sent", 0) > 0)
    going = campaign_of(workspace, number)
    assert going["limited_by"] and going["ends_at"] > 0 and going["remaining"] > 1_000, going

    assert workspace.run("pause", number)[0]["state"] == "paused"
    assert wait_for(lambda: campaign_of(workspace, number)["counts"].get("sending", 0) == 0)
    paused = campaign_of(workspace, number)["counts"]["sent"]
    assert len(read_jsonl(box)) == paused
    assert workspace.run("resume", number)[0]["state"] == "sending"
    workspace.run("throttle", number, 60_000)
    assert wait_for(lambda: campaign_of(workspace, number)["counts"]["sent"] > paused + 50)
    assert workspace.run("cancel", number)[0]["state"] == "cancelled"
    assert wait_for(lambda: set(campaign_of(workspace, number)["counts"]) <= {"sent", "cancelled", "failed", "bounced"})
    counts = campaign_of(workspace, number)["counts"]
    assert counts["cancelled"] > 1_000 and counts["sent"] == len(read_jsonl(box)), counts
    return number


def check_missed(workspace, number):
    groups = {group["group"]: group["contacts"] for group in workspace.run("missed", number)}
    assert groups["cancelled"] > 1_000, groups
    (made,) = workspace.run("missed", number, "--send", "--group", "cancelled")
    assert campaign_of(workspace, made["campaign"])["state"] == "draft"
    assert refused(workspace, "missed", number, "--send", "--group", "expired")["code"] == "invalid_input"
    return made["campaign"]


def check_selections(workspace, number):
    """What waits of a paused campaign is cancelled by a filter; nothing of it is left to retry or to settle, and it ends."""
    workspace.run("throttle", number, 1)
    workspace.run("send", number, "--no-wait")
    assert wait_for(lambda: campaign_of(workspace, number)["state"] == "sending")
    workspace.run("pause", number)
    assert wait_for(lambda: campaign_of(workspace, number)["counts"].get("sending", 0) == 0)
    waiting = campaign_of(workspace, number)["counts"]["queued"]
    assert workspace.run("cancel-deliveries", f"campaign:{number}")[0]["changed"] == waiting
    assert waiting > 1_000 and campaign_of(workspace, number)["counts"]["cancelled"] == waiting
    assert workspace.run("retry", f"campaign:{number}")[0]["changed"] == 0
    assert workspace.run("settle", f"campaign:{number}", "--resend")[0]["changed"] == 0
    workspace.run("resume", number)
    assert wait_for(lambda: campaign_of(workspace, number)["state"] == "finished")


def check_canary(workspace):
    """Undone within its hold time; the first 20 go, one a second, and the rest waits for them; what is no number is refused."""
    options = ("--topic", "news", "--list", "all", "--no-wait")
    (held,) = workspace.run("send", *options, "--hold", "1h", "--canary", "1%")
    assert campaign_of(workspace, held["campaign"])["state"] == "scheduled"
    assert workspace.run("undo", held["campaign"])[0]["state"] == "draft"
    (tried,) = workspace.run("send", *options, "--canary", 20, "--per-minute", 60)
    number = tried["campaign"]
    assert wait_for(lambda: campaign_of(workspace, number)["canary"] == "running")
    workspace.run("cancel", number)
    for wrong in (("--canary", "some"), ("--canary", "200%"), ("--per-minute", "-1"), ("--hold", "x")):
        assert refused(workspace, "send", *options, *wrong)["code"] == "invalid_input", wrong


def check_refusals(workspace):
    assert refused(workspace, "pause", 999)["code"] == "not_found"
    assert "number" in refused(workspace, "pause", "news", code=2)["message"]
    assert refused(workspace, "throttle", 1, "fast")["code"] in ("invalid_input", "conflict")
    assert refused(workspace, "retry", "status:nonsense")["code"] == "invalid_input"
    assert "frobnicate" in refused(workspace, "pause", 1, "--frobnicate", code=2)["message"]
    busy = refused(workspace, "import", CONTACTS)  # needs the workspace for itself, and says so
    assert busy["code"] == "busy" and "stop the running engine" in busy["message"], busy


def check_copy(workspace, folder):
    original, copy = workspace, Workspace(folder)
    copy.path = copy.folder / "copy.carillon"
    shutil.copy(original.path, copy.path)
    before = len(copy.run("log"))
    for command in (("serve",), ("send", "--topic", "news", "--list", "all")):
        held = refused(copy, *command)
        assert held["code"] == "conflict" and str(original.path) in held["message"] and "--this-copy-sends" in held["message"], held
    assert copy.run("campaigns")[0]["state"] in ("scheduled", "planning", "sending")  # it has something to send
    assert len(copy.run("log")) == before
    end(serving(original))  # the original is not held
    end(serving(copy, "--this-copy-sends"))
    assert [entry["actor"] for entry in copy.log("--type", "workspace.released")] == ["cli:" + getpass.getuser()]
    end(serving(copy))  # asked once
    assert "older" in refused(original, "serve")["message"]
    moved = copy.folder / "moved.carillon"
    os.rename(copy.path, moved)
    copy.path = moved
    end(serving(copy))  # renamed, not copied


def main():
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(folder)
        box = workspace.folder / "mailbox.jsonl"
        server = subprocess.Popen(["/usr/bin/python3", str(PEERS / "mailbox.py"), str(box)], stdout=subprocess.PIPE, text=True)
        try:
            port = int(server.stdout.readline())
            workspace.run("import", CONTACTS, "--list", "all", codes=(3,))
            workspace.apply(setup(port))
            serve = serving(workspace)
            socket = Path(str(workspace.path) + ".socket")
            assert stat.S_IMODE(socket.stat().st_mode) & 0o077 == 0, oct(socket.stat().st_mode)
            number = check_control(workspace, box)
            check_canary(workspace)
            check_refusals(workspace)
            missed = check_missed(workspace, number)
            check_selections(workspace, missed)
            kill(serve)  # what it leaves of the socket is in nobody's way
            actors = {entry["actor"] for entry in workspace.log("--type", "campaign.paused")}
            assert actors == {"cli:" + getpass.getuser()}, actors
            workspace.run("send", "--topic", "news", "--list", "all", "--no-wait")
        finally:
            server.kill()
        check_copy(workspace, folder)
    print("the campaign did what it was told, from another process")


main()
