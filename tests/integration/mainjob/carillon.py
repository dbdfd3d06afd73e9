"""Runs carillonctl as a user would, and the servers it talks to. Standard library and aiosmtpd only."""
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# What the machine remembers of the workspaces goes with the test.
STATE = tempfile.TemporaryDirectory()
os.environ["XDG_STATE_HOME"] = STATE.name

CTL, SHARED, PEERS = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
CONTACTS = SHARED / "data" / "contacts-10k.csv"
EXPECTED = SHARED / "data" / "contacts-10k.expected.json"

TOPIC = {
    "key": "news", "name": "News", "category": "marketing", "brand": "Shop", "accounts": ["Relay"], "uncertain": "resend",
    "templates": [{"channel": "email", "parts": {
        "subject": "Hello {{ contact.first_name }} in {{ contact.city }}",
        "html": "<html><body><h1>Dear {{ contact.first_name }} {{ contact.last_name }}</h1>"
                "<p>Your plan is {{ contact.plan | upcase }}; {% if contact.orders == '0' %}no order yet{% else %}"
                "{{ contact.orders }} orders{% endif %}.</p><p><a href=\"https://example.org/a?b=1&amp;c=2\">Read on</a></p></body></html>",
        "text": "Dear {{ contact.first_name }} {{ contact.last_name }},\n.a line with a dot\nplan {{ contact.plan | upcase }}\n"}}],
}


def skip(reason):
    print("SKIP WHOLE:", reason)
    sys.exit(0)


def setup(port, **topic):
    return {
        "brands": [{"name": "Shop", "from_name": "Shop \u00c4", "from_address": "hello@shop.example.org",
                    "unsubscribe_mailto": "leave@shop.example.org", "postal_address": "1 Street"}],
        "accounts": [{"name": "Relay", "provider": "smtp",
                      "settings": {"host": "127.0.0.1", "port": port, "security": "none", "auth": "none"}}],
        "topics": [TOPIC | topic],
    }


class Workspace:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.path = self.folder / "w.carillon"

    def command(self, *arguments):
        name, *rest = arguments
        return [CTL, name, "--workspace", str(self.path), "--json", *map(str, rest)]

    def run(self, *arguments, codes=(0,)):
        """The objects that a command printed; fails when it ends with another code."""
        done = subprocess.run(self.command(*arguments), capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode in codes, (arguments, done.returncode, done.stdout[-2000:], done.stderr[-2000:])
        return [json.loads(line) for line in done.stdout.splitlines()]

    def start(self, *arguments):
        return subprocess.Popen(self.command(*arguments), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def apply(self, content):
        file = self.folder / "setup.json"
        file.write_text(json.dumps(content), encoding="utf-8")
        return self.run("apply", file)

    def log(self, *arguments):
        return self.run("log", *arguments)


def deliveries_of(entry):
    """The ids of the deliveries that a log entry tells of: of one, or of many at once."""
    data = entry["data"]
    if "delivery_id" in entry:
        return [entry["delivery_id"]]
    return data["ids"] if "ids" in data else range(data["first"], data["last"] + 1)


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.wait()


def wait_for(condition, seconds=60):
    """Polls from outside the program, as a person would look again."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


def read_jsonl(path):
    if not os.path.exists(path):
        return []
    # Read at once: a line that is still being written has its newline in a later read, and must not be taken for two lines.
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file.read().split("\n")[:-1]]
