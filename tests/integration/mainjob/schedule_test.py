"""Schedules on the command line: dates, what cannot be, the hold time, missed hours, a series over several runs, caps."""
import json
import sqlite3
import subprocess
import tempfile
import time
from datetime import datetime, timedelta, timezone

from carillon import TOPIC, Workspace, wait_for

HOUR = 3_600_000


def now_ms():
    return int(time.time() * 1000)


def wall(moment):
    return moment.strftime("%Y-%m-%dT%H:%M")


def refused(workspace, option, *arguments):
    done = subprocess.run(workspace.command(*arguments), capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 1, (arguments, done.returncode, done.stderr)
    error = json.loads(done.stderr.splitlines()[-1])["error"]
    assert error["field"] == option and error["message"], (arguments, error)


def state(workspace, campaign):
    (found,) = (c for c in workspace.run("campaigns") if c["campaign"] == campaign)
    return found


def move(workspace, campaign, at):
    """As if the clock had gone on while nothing ran."""
    with sqlite3.connect(workspace.path) as database:
        database.execute("UPDATE campaign SET scheduled_at = ? WHERE id = ?", (at, campaign))
    database.close()


def serve_until(workspace, condition):
    serve = workspace.start("serve", "--listen", "127.0.0.1:0")
    try:
        assert serve.stdout.readline()
        assert wait_for(lambda: condition(workspace)), "it did not come to that"
    finally:
        serve.terminate()
        assert serve.wait(30) == 0


def in_file(campaign, expected):
    """Reads beside the running engine, as sqlite3 on the command line would."""
    def look(workspace):
        database = sqlite3.connect(f"file:{workspace.path}?mode=ro", uri=True)
        try:
            (found,) = database.execute("SELECT state FROM campaign WHERE id = ?", (campaign,)).fetchone()
        finally:
            database.close()
        return found == expected
    return look


def check_dates(workspace):
    spring = workspace.run("when", "--every", "FREQ=DAILY", "--at", "2127-03-29T09:00", "--zone", "Europe/Madrid", "--count", "3")
    assert [d["at"] for d in spring] == ["2127-03-29T08:00:00Z", "2127-03-30T07:00:00Z", "2127-03-31T07:00:00Z"], spring
    leap = workspace.run("when", "--topic", "news", "--every", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "--at", "2096-02-29T12:00")
    assert [d["at"][:10] for d in leap][:2] == ["2096-02-29", "2104-02-29"], leap  # 2100 has none
    assert leap[0]["at"].endswith("T03:00:00Z"), leap  # by the brand's clock, in Tokyo
    both = workspace.run("when", "--zone", "contact", "--at", "2127-12-24T09:00")
    assert [d["at"] for d in both] == ["2127-12-23T19:00:00Z", "2127-12-24T21:00:00Z"], both
    refused(workspace, "rule", "when", "--every", "FREQ=HOURLY", "--at", "2127-03-29T09:00")
    refused(workspace, "at", "when", "--every", "FREQ=DAILY", "--at", "tomorrow")
    refused(workspace, "zone", "when", "--at", "2127-03-29T09:00", "--zone", "Mars/Olympus")


def check_refusals(workspace, send):
    refused(workspace, "scheduled_at", *send, "--at", "2020-01-01T09:00:00Z")
    refused(workspace, "local_time", *send, "--at", "2020-01-01T09:00", "--zone", "contact")
    refused(workspace, "window", *send, "--window", "nine to five")
    refused(workspace, "missed-within", *send, "--missed-within", "soon")
    refused(workspace, "missed", *send, "--missed", "later")


def check_hold(workspace, send):
    (held,) = workspace.run(*send, "--hold", "1h", "--no-wait")
    assert abs(held["scheduled_at"] - now_ms() - HOUR) < 60_000, held
    (undone,) = workspace.run("undo", held["campaign"])
    assert undone["state"] == "draft", undone


def check_missed(workspace, send):
    at = (datetime.now(timezone.utc) + timedelta(hours=2)).isoformat(timespec="seconds")
    ids = {}
    for policy, extra in {"ask": (), "send": ("--missed-within", "6h"), "skip": ()}.items():
        (scheduled,) = workspace.run(*send, "--at", at, "--missed", policy, *extra, "--no-wait")
        ids[policy] = scheduled["campaign"]
        move(workspace, ids[policy], now_ms() - 3 * HOUR)
    serve_until(workspace, in_file(ids["send"], "finished"))
    asked = state(workspace, ids["ask"])
    assert asked["state"] == "paused" and asked["pause_reason"] == "missed", asked
    assert state(workspace, ids["skip"])["state"] == "cancelled"
    workspace.run("resume", ids["ask"])
    (done,) = workspace.run("send", ids["ask"])
    assert done["state"] == "finished" and done["counts"] == {"sent": 3}, done


def check_series(workspace, send):
    first = datetime.now(timezone.utc) + timedelta(days=1)
    (series,) = workspace.run(*send, "--every", "FREQ=DAILY;COUNT=3", "--at", wall(first), "--zone", "UTC")
    assert series["state"] == "scheduled", series
    dates = [d["at_ms"] for d in workspace.run("when", series["campaign"])]
    assert len(dates) == 3 and dates[0] == series["scheduled_at"], (dates, series)
    for runs in (1, 2):  # its hour has just come, in two runs of the engine: once in each
        move(workspace, series["campaign"], now_ms() - 1_000)
        count = len(workspace.run("campaigns"))
        serve_until(workspace, lambda w: of_series(w, series["campaign"]) == ["finished"] * runs)
        assert len(workspace.run("campaigns")) == count + 1
    assert state(workspace, series["campaign"])["state"] == "scheduled"


def of_series(workspace, series):
    database = sqlite3.connect(f"file:{workspace.path}?mode=ro", uri=True)
    try:
        return [s for (s,) in database.execute("SELECT state FROM campaign WHERE json_extract(origin, '$.series') = ?", (series,))]
    finally:
        database.close()


def check_caps(workspace, content, send):
    workspace.apply(content | {"frequency_caps": [{"category": "marketing", "most": 1, "window_ms": 24 * HOUR}]})
    (dry,) = workspace.run("dry-run", "--topic", "news", "--list", "all")
    assert dry["will_send"] == 0 and dry["left_out"] == {"frequency_cap": 3}, dry
    workspace.apply({"frequency_caps": [{"category": "marketing", "most": 0}]})
    (dry,) = workspace.run("dry-run", "--topic", "news", "--list", "all")
    assert dry["will_send"] == 3, dry


def main():
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(folder)
        content = {
            "brands": [{"name": "Shop", "from_name": "Shop", "from_address": "hello@shop.example.org", "time_zone": "Asia/Tokyo",
                        "unsubscribe_mailto": "leave@shop.example.org", "postal_address": "1 Street"}],
            "accounts": [{"name": "Relay", "provider": "simulator", "settings": {"latency_ms": 1}}],
            "topics": [TOPIC | {"rules": {"quiet_hours": "02:00-02:01"}}],
        }
        workspace.apply(content)
        contacts = workspace.folder / "contacts.csv"
        contacts.write_text("email,time_zone\n" + "".join(f"p{i}@example.org,{zone}\n" for i, zone in enumerate(
            ("Europe/Madrid", "America/New_York", "Asia/Kathmandu"))), encoding="utf-8")
        workspace.run("import", contacts, "--list", "all")
        send = ("send", "--topic", "news", "--list", "all")
        check_dates(workspace)
        check_refusals(workspace, send)
        check_hold(workspace, send)
        check_missed(workspace, send)
        check_series(workspace, send)
        check_caps(workspace, content, send)
        print("dates, refusals, hold, missed hours, a series and caps: all as they should be")


main()
