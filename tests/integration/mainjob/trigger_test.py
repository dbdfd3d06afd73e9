"""Triggers as an application and a person send them: over HTTP with curl, by carillonctl, with kill -9 in between.

The moments of the kills come from a seed that is printed; --seed N repeats a run.
"""
import argparse
import base64
import email
import json
import os
import random
import secrets
import subprocess
import tempfile
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from carillon import PEERS, Workspace, kill, read_jsonl, setup, wait_for

# A server has no keychain: serve and token read the workspace's own key from here.
os.environ["CARILLON_SECRET_WORKSPACE_TOKENS"] = secrets.token_hex(32)
os.environ["CARILLON_SECRET_WORKSPACE_UNSUBSCRIBE"] = secrets.token_hex(32)

parser = argparse.ArgumentParser()
parser.add_argument("paths", nargs=3)
parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
parser.add_argument("--kills", type=int, default=6)
OPTIONS = parser.parse_args()


# A kind of account as somebody drops it beside the workspace.
GATEWAY = {
    "format": 1, "key": "gateway", "name": "Gateway", "channel": "sms", "help": "Hands each message to a gateway of the test.",
    "address": {"label": "+34600000001", "pattern": "\\+\\d+"},
    "limits": {"messageBytes": 10_000, "inFlight": 8, "connectSeconds": 10, "timeoutSeconds": 20},
    "privateNetworksField": "allow_private_networks",
    "fields": [{"key": "url", "label": "Address", "type": "url", "required": True},
               {"key": "allow_private_networks", "label": "Allow private networks", "type": "boolean", "default": False}],
    "request": {"method": "POST", "url": "{{ settings.url }}",
                "body": {"kind": "json", "value": {"to": "{{ message.to }}", "text": "{{ message.fields.text }}"}}},
    "outcomes": [{"status": "200-299", "outcome": "sent"}, {"status": "300-599", "outcome": "refused"}],
    "lost": "retry", "unreachable": "retry",
}


class Gateway(BaseHTTPRequestHandler):
    """A platform that takes everything."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


class Api:
    """A running engine and one application's tokens."""

    def __init__(self, workspace, tokens):
        self.workspace, self.tokens = workspace, tokens
        self.start()

    def start(self):
        self.process = self.workspace.start("serve", "--listen", "127.0.0.1:0")
        self.address = json.loads(self.process.stdout.readline())["address"]

    def curl(self, path, body=None, key=None, token="shop", kind="application/json"):
        """A running curl that asks for that; body: bytes, or an object for JSON."""
        command = ["curl", "-s", "-m", "60", "-w", "\n%{http_code}", self.address + path.lstrip("/")]
        if token:
            command += ["-H", f"Authorization: Bearer {self.tokens.get(token, token)}"]
        if body is not None:
            command += ["-H", f"Content-Type: {kind}", "--data-binary", "@-"]
        if key is not None:
            command += ["-H", f"Idempotency-Key: {key}"]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        try:
            process.stdin.write(data or b"")
            process.stdin.close()
        except BrokenPipeError:
            pass  # it was answered before all of a large body was sent
        return process

    @staticmethod
    def answer(process):
        """The status and the JSON of a curl; status 0 when the server died."""
        text = process.stdout.read().decode()
        process.stdout.close()
        process.wait()
        body, _, status = text.rpartition("\n")
        return int(status), json.loads(body) if int(status) and body else {}

    def ask(self, path, *arguments, **options):
        return self.answer(self.curl(path, *arguments, **options))


def mail_to(address, data=None):
    return {"topic": "order.shipped", "to": {"channel": "email", "address": address}, "data": data or {}}


def topic(key, accounts, rules):
    channels = {"Relay": "email", "Gateway": "sms", "Browsers": "push"}
    parts = {"email": {"subject": "Order {{ data.order }}", "text": "Order {{ data.order }} has left us."},
             "sms": {"text": "Order {{ data.order }} has left us."},
             "push": {"title": "Order {{ data.order }}", "text": "It has left us."}}
    return {"key": key, "name": key, "category": "transactional", "brand": "Shop", "accounts": accounts, "uncertain": "resend",
            "rules": rules,
            "templates": [{"channel": channels[account], "parts": parts[channels[account]]} for account in accounts]}


def content(mail_port, gateway_port):
    base = setup(mail_port)
    base["accounts"].append({"name": "Gateway", "provider": "gateway",
                             "settings": {"url": f"http://127.0.0.1:{gateway_port}/sms", "allow_private_networks": True}})
    base["accounts"].append({"name": "Browsers", "provider": "simulator", "settings": {"channel": "web_push"}})
    base["topics"] = [topic("order.shipped", ["Relay"], {}), topic("order.seen", ["Browsers"], {}),
                      topic("alarm", ["Gateway", "Relay"], {"next_channel_after_ms": 1_000}),
                      topic("alarm.slow", ["Gateway", "Relay"], {"next_channel_after_ms": 3_600_000})]
    return base


def check_refusals(api):
    """Whatever is wrong is said, as problem+json with the status that fits, and leaves nothing."""
    good = mail_to("a@b.example")

    def refused(status, *arguments, field=None, path="/api/v1/triggers", **options):
        got, answer = api.ask(path, *arguments, **options)
        assert got == status and answer["status"] == status and answer["detail"], (status, got, answer)
        assert field is None or answer["field"] == field, answer

    refused(400, b'{"topic": ')
    refused(401, good, token=None)
    refused(401, good, token="nonsense")
    refused(403, good, token="reader")
    refused(404, good | {"topic": "nosuch"}, field="topic")
    refused(404, {"topic": "order.shipped", "to": {"external_id": "nobody"}}, field="to[0].external_id")
    refused(404, path="/api/v1/triggers/999999")
    refused(413, b'{"topic": "' + b"x" * 2_000_000 + b'"}')
    refused(415, good, kind="text/plain")
    refused(422, good | {"to": []}, field="to")
    refused(422, {"topic": "order.shipped", "to": {"channel": "email", "address": "no address"}}, field="to[0].address")
    refused(422, good | {"data": {}, "metadata": {}}, field="metadata")
    refused(422, good | {"data": {"x": "y" * 300_000}}, field="data")
    refused(422, good, key='"open', field="idempotency_key")
    refused(404, {"kind": "read"}, path="/api/v1/deliveries/999999/engagements", token="reader")
    assert api.ask("/healthz")[0] == 200


def check_keys(api):
    """Who asks many times at once gets one trigger; another body under the same key is refused."""
    running = [api.curl("/api/v1/triggers", mail_to("once@b.example", {"order": 1}), key="once") for _ in range(20)]
    answers = [api.answer(process) for process in running]
    assert {status for status, _ in answers} == {202}, answers
    assert len({answer["trigger"] for _, answer in answers}) == 1, answers
    assert sum(not answer["replayed"] for _, answer in answers) == 1, answers
    status, answer = api.ask("/api/v1/triggers", mail_to("once@b.example", {"order": 2}), key='"once"')
    assert status == 409 and answer["code"] == "conflict" and answer["field"] == "idempotency_key", answer
    body = mail_to("once@b.example") | {"metadata": {"order": 1}}
    del body["data"]
    status, answer = api.ask("/api/v1/triggers", body, key="once")
    assert status == 202 and answer["replayed"], answer
    # Another application's key is another key, and it does not see what this one has sent.
    status, other = api.ask("/api/v1/triggers", mail_to("once@b.example", {"order": 1}), key="once", token="other")
    assert status == 202 and not other["replayed"], other
    assert api.ask(f"/api/v1/triggers/{other['trigger']}")[0] == 404
    assert api.ask(f"/api/v1/triggers/{other['trigger']}", token="other")[0] == 200


def states_of(api, trigger):
    status, detail = api.ask(f"/api/v1/triggers/{trigger}")
    assert status == 200, detail
    return {delivery["channel"]: delivery for delivery in detail["deliveries"]}


def check_next_channel(api):
    """By SMS first, then by mail when it was not read."""
    to = {"external_id": "both"}
    status, answer = api.ask("/api/v1/triggers", {"topic": "alarm", "to": to, "data": {"order": 7}})
    assert status == 202, answer
    assert wait_for(lambda: states_of(api, answer["trigger"]).get("email", {}).get("state") == "sent"), states_of(api, answer["trigger"])
    both = states_of(api, answer["trigger"])
    assert both["sms"]["state"] == "sent" and both["email"]["follows"] == both["sms"]["delivery"], both
    # What waits can be read about, and what is read is noted.
    status, answer = api.ask("/api/v1/triggers", {"topic": "alarm.slow", "to": to, "data": {"order": 8}})
    assert wait_for(lambda: "email" in states_of(api, answer["trigger"])), answer
    both = states_of(api, answer["trigger"])
    assert both["email"]["state"] == "queued" and both["email"]["due_at"] > "2", both
    first = both["sms"]["delivery"]
    path = f"/api/v1/deliveries/{first}/engagements"
    assert api.ask(path, {"kind": "read"}, token="reader")[0] == 204
    assert api.ask(path, {"kind": "read"})[0] == 403
    assert api.ask(path, {"kind": "smiled"}, token="reader")[0] == 422
    assert states_of(api, answer["trigger"])["sms"]["engagement"] == ["read"]


def check_command_beside(workspace):
    """The engine that runs carries the command out: it stands in another folder, and the key was used before it began."""
    for data in ("data.json", "@data.json", '{"order": "by file"}'):
        command = workspace.command("trigger", "order.shipped", "--to", "c@b.example", "--data", data, "--idempotency-key", "o1")
        done = subprocess.run(command, cwd=workspace.folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0 and json.loads(done.stdout.splitlines()[0])["replayed"], (data, done)


def check_kills(api, rng):
    """kill -9 while triggers with keys come in; whoever asks again until he is answered has sent each once."""
    asked, answered, done = {}, {}, 0
    for turn in range(OPTIONS.kills):
        for i in range(4):
            asked[f"k{turn}-{i}"] = mail_to(f"k{turn}-{i}@b.example", {"order": turn})
        running = [(key, api.curl("/api/v1/triggers", body, key=key)) for key, body in asked.items() if key not in answered for _ in range(2)]
        time.sleep(rng.random() * 0.08)
        kill(api.process)
        for key, process in running:
            status, answer = api.answer(process)
            if status == 202:
                assert answered.setdefault(key, answer["trigger"]) == answer["trigger"], (key, answer)
            done += status == 0
        api.start()
    for key, body in asked.items():
        status, answer = api.ask("/api/v1/triggers", body, key=key)
        assert status == 202, (key, answer)
        assert answer["replayed"] or key not in answered, f"{key} was answered before the kill and carried out again"
        assert answered.setdefault(key, answer["trigger"]) == answer["trigger"], (key, answer)
    assert len(set(answered.values())) == len(asked), "two keys have the same trigger"
    over = {"sent", "uncertain"}
    assert wait_for(lambda: all(states_of(api, trigger)["email"]["state"] in over for trigger in answered.values()), 120)
    # One that was in flight at as many kills as it has attempts is held: known to be uncertain, a person decides.
    sent = [key for key in asked if states_of(api, answered[key])["email"]["state"] == "sent"]
    return asked, sent, done


def check_ledger(workspace, box, asked, sent, cut):
    entries = workspace.log()
    uncertain = {e["delivery_id"] for e in entries if e["type"] == "delivery.uncertain"}
    mails = [(mail["to"][0], email.message_from_bytes(base64.b64decode(mail["content"]))["Message-ID"]) for mail in read_jsonl(box)]
    got = Counter(mails)
    for key in asked:
        ids = {identity for to, identity in got if to == f"{key}@b.example"}
        assert len(ids) == 1 or (not ids and key not in sent), f"{key} has the mails {ids}"
    doubled = {int(identity.strip("<>")[1:].split(".")[0]) for (_, identity), count in got.items() if count > 1}
    assert doubled <= uncertain, f"doubled but not uncertain: {doubled - uncertain}"
    print(f"{len(asked)} triggers with keys, {OPTIONS.kills} kills that cut {cut} requests off: each sent under one Message-ID, "
          f"{len(uncertain)} uncertain, {len(doubled)} of them doubled")


def check_command(workspace):
    data = workspace.folder / "data.json"
    data.write_text('{"order": "by file"}', encoding="utf-8")
    trigger = ("trigger", "order.shipped", "--to", "c@b.example", "--data", f"@{data}", "--idempotency-key", "o1")
    first, outcome = workspace.run(*trigger)
    assert outcome["state"] == "sent" and outcome["delivery"] == first["recipients"][0]["deliveries"][0], outcome
    again = workspace.run(*trigger)
    assert again[0]["trigger"] == first["trigger"] and again[0]["replayed"], again
    (made,) = workspace.run("trigger", "order.shipped", "--to", "both", "--to", "email:d@b.example", "--data", '{"order": 1}', "--no-wait")
    assert len(made["recipients"]) == 2, made
    workspace.run("engaged", str(outcome["delivery"]), "clicked")
    browser = {"endpoint": "https://push.example.net/p/secret-of-the-browser", "keys": {"auth": "A" * 22, "p256dh": "B" + "A" * 86}}
    recipient = {"channel": "web_push", "address": json.dumps(browser)}
    pushed = workspace.run("trigger", "order.seen", "--to", json.dumps(recipient))[1]
    assert pushed["address"].startswith("push.example.net") and "secret" not in json.dumps(pushed), pushed
    for wrong, field in ((("--data", "{"), "data"), (("--data", "@/no/such"), "data"), (("--data", "[]"), "data"), (("--to", "{"), "to")):
        failed = subprocess.run(workspace.command("trigger", "order.shipped", "--to", "both", *wrong), capture_output=True, text=True, check=False)
        assert failed.returncode == 1 and json.loads(failed.stderr)["error"]["field"] == field, failed
    conflict = subprocess.run(workspace.command(*trigger[:-3], "{}", *trigger[-2:]), capture_output=True, text=True, check=False)
    assert conflict.returncode == 1 and json.loads(conflict.stderr)["error"]["code"] == "conflict", conflict
    assert subprocess.run(workspace.command("trigger", "order.shipped"), capture_output=True, check=False).returncode == 2
    scope = subprocess.run(workspace.command("token", "x", "--scope", "everything"), capture_output=True, text=True, check=False)
    assert scope.returncode == 1 and json.loads(scope.stderr)["error"]["field"] == "scope", scope


def main():
    print("seed", OPTIONS.seed)
    gateway = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    Thread(target=gateway.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(folder)
        box = workspace.folder / "mailbox.jsonl"
        server = subprocess.Popen(["/usr/bin/python3", str(PEERS / "mailbox.py"), str(box)], stdout=subprocess.PIPE, text=True)
        try:
            providers = workspace.folder / "providers"
            providers.mkdir()
            (providers / "gateway.json").write_text(json.dumps(GATEWAY), encoding="utf-8")
            workspace.apply(content(int(server.stdout.readline()), gateway.server_port))
            contacts = workspace.folder / "contacts.csv"
            contacts.write_text("external_id,email,phone\nboth,both@b.example,+34600000001\n", encoding="utf-8")
            workspace.run("import", contacts)
            scopes = {"shop": "trigger:send", "other": "trigger:send", "reader": "engagement:write"}
            tokens = {name: workspace.run("token", name, "--scope", scope)[0]["token"] for name, scope in scopes.items()}
            check_command(workspace)
            api = Api(workspace, tokens)
            try:
                check_refusals(api)
                check_keys(api)
                check_next_channel(api)
                check_command_beside(workspace)
                asked, sent, cut = check_kills(api, random.Random(OPTIONS.seed))
            finally:
                kill(api.process)
            check_ledger(workspace, box, asked, sent, cut)
        finally:
            server.kill()
            gateway.shutdown()


main()
