"""The inbox of a contact from end to end: a topic is sent into it, its page hears of it and shows it, another's does not."""
import json
import os
import secrets
import subprocess
import tempfile

from carillon import PEERS, Workspace, kill, setup, skip, wait_for

if not (PEERS / "node_modules" / "ws").exists():
    skip('run "npm ci" in tests/integration/peers first')

# A server has no keychain: serve and token read the workspace's own key from here.
os.environ["CARILLON_SECRET_WORKSPACE_TOKENS"] = secrets.token_hex(32)
os.environ["CARILLON_SECRET_WORKSPACE_UNSUBSCRIBE"] = secrets.token_hex(32)

TOPIC = {
    "key": "order.shipped", "name": "Shipped", "category": "transactional", "brand": "Shop", "accounts": ["Inbox"], "uncertain": "resend",
    "templates": [{"channel": "in_app", "parts": {
        "title": "Order {{ data.order }}", "text": "It has left us.", "url": "https://shop.example/orders/{{ data.order }}"}}],
}


def content():
    base = setup(1)
    base["accounts"] = [{"name": "Inbox", "provider": "in_app", "settings": {}}]
    base["topics"] = [TOPIC]
    return base


class Server:
    def __init__(self, workspace, token):
        self.token = token
        self.process = workspace.start("serve", "--listen", "127.0.0.1:0")
        self.address = json.loads(self.process.stdout.readline())["address"]

    def ask(self, method, path, body=None, token=None, status=200):
        command = ["curl", "-s", "-m", "60", "-X", method, "-w", "\n%{http_code}", self.address + "api/v1/" + path,
                   "-H", f"Authorization: Bearer {token or self.token}"]
        if body is not None:
            command += ["--json", json.dumps(body)]
        text, _, got = subprocess.run(command, capture_output=True, text=True, check=True).stdout.rpartition("\n")
        assert int(got) == status, (method, path, got, text)
        return json.loads(text)

    def trigger(self, contact, order):
        made = self.ask("POST", "triggers", {"topic": "order.shipped", "to": {"external_id": contact}, "data": {"order": order}}, status=202)
        return made["recipients"][0]["deliveries"][0]


class Page:
    """A contact's page that listens."""

    def __init__(self, server, token):
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(["node", str(PEERS / "inbox.mjs"), server.address.replace("http", "ws") + "ws/v1", token],
                                        stdin=subprocess.PIPE, stdout=self.log, text=True)
        assert wait_for(lambda: len(self.heard()) >= 2), self.heard()
        refused, taken = self.heard()
        assert refused["error"]["code"] == "forbidden" and taken["ok"], self.heard()

    def heard(self):
        self.log.seek(0)
        return [json.loads(line) for line in self.log.read().splitlines()]

    def events(self):
        return [message for message in self.heard() if message.get("op") == "event"]

    def close(self):
        self.process.stdin.close()
        assert self.process.wait(30) == 0


def check(server):
    tokens = {name: server.ask("POST", "inbox/tokens", {"external_id": name}, status=201)["token"] for name in ("ana", "bob")}
    ana, bob = Page(server, tokens["ana"]), Page(server, tokens["bob"])
    deliveries = [server.trigger("ana", 1), server.trigger("ana", 2), server.trigger("bob", 3)]
    assert wait_for(lambda: len(ana.events()) == 2 and len(bob.events()) == 1), (ana.heard(), bob.heard())
    assert [event["data"]["card"]["title"] for event in ana.events()] == ["Order 1", "Order 2"], ana.heard()
    assert [event["delivery"] for event in ana.events() + bob.events()] == deliveries

    inbox = server.ask("GET", "inbox", token=tokens["ana"])
    assert inbox["unread"] == 2 and inbox["next"] is None, inbox
    newest = inbox["notifications"][0]
    assert newest["topic"] == "order.shipped" and newest["card"] == {
        "title": "Order 2", "text": "It has left us.", "url": "https://shop.example/orders/2"}, newest
    assert newest["id"] == ana.events()[1]["data"]["id"]

    # What one page does the other hears; nobody reaches another's.
    changed = server.ask("PATCH", f"inbox/{newest['id']}", {"read": True}, token=tokens["ana"])
    assert changed["read_at"] is not None, changed
    server.ask("PATCH", f"inbox/{newest['id']}", {"archived": True}, token=tokens["bob"], status=404)
    server.ask("GET", "inbox?external_id=ana", token=tokens["bob"], status=403)
    server.ask("GET", "triggers/1", token=tokens["ana"], status=403)
    assert server.ask("POST", "inbox/read?external_id=ana", {}) == {"unread": 0}
    assert wait_for(lambda: [event["type"] for event in ana.events()][2:] == ["notification.read"] * 2), ana.heard()
    assert len(bob.events()) == 1
    assert server.ask("GET", "inbox?external_id=bob")["unread"] == 1

    # Reading is engagement, which keeps a notification from going on to the next channel.
    trigger = server.ask("GET", "triggers/1")
    assert trigger["deliveries"][0]["engagement"] == ["read"] and trigger["deliveries"][0]["state"] == "sent", trigger
    ana.close()
    bob.close()


def main():
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(folder)
        workspace.apply(content())
        people = workspace.folder / "people.csv"
        people.write_text("external_id,email\nana,ana@shop.example\nbob,bob@shop.example\n", encoding="utf-8")
        workspace.run("import", people)
        token = workspace.run("token", "shop", "--scope", "trigger:send", "--scope", "inbox:all")[0]["token"]
        server = Server(workspace, token)
        try:
            check(server)
        finally:
            kill(server.process)
    print("the inbox works from end to end")


main()
