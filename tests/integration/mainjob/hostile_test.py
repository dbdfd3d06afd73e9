"""A campaign through a server that breaks off: at DATA, after the mail was taken, in the middle of an answer, or letter by letter.

At the end the ledger and what the server has taken agree: nobody is lost, and doubled only who was uncertain.
"""
import socketserver
import tempfile
import threading
import time
from collections import Counter

from carillon import Workspace, setup

PEOPLE = 200
MOODS = ("at_data", "after_dot", "half_answer", "slowly")


class Hostile(socketserver.StreamRequestHandler):
    """Keeps its mood for a recipient to the first time: what comes again is taken."""

    taken, seen, lock = [], set(), threading.Lock()

    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def mood_for(self, recipient):
        mood = recipient.split("+")[0]
        with self.lock:
            fresh = recipient not in self.seen
            self.seen.add(recipient)
        return mood if fresh else "kindly"

    def take(self, recipient, mood):
        while self.rfile.readline() not in (b".\r\n", b""):
            pass
        with self.lock:
            self.taken.append(recipient)
        if mood == "half_answer":
            self.wfile.write(b"25")
        if mood in ("after_dot", "half_answer"):
            return False
        for letter in "250 taken\r\n":
            self.wfile.write(letter.encode())
            time.sleep(0.1 if mood == "slowly" else 0)
        return True

    def handle(self):
        self.say("220 hostile.example")
        recipient = ""
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"RCPT":
                recipient = line.split(b"<")[1].split(b">")[0].decode()
            if verb != b"DATA":
                self.say("221 bye" if verb == b"QUIT" else "250 fine")
                continue
            mood = self.mood_for(recipient)
            if mood == "at_data":
                return
            self.say("354 go on")
            if not self.take(recipient, mood):
                return


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Who breaks off must bear that the other one does."""


def address(number):
    mood = MOODS[number // 10 % len(MOODS)] if number % 10 == 0 else "kindly"
    return f"{mood}+{number}@example.net"


def check(entries, taken):
    outcomes = {}
    for entry in entries:
        if entry.get("delivery_id") and "address" in entry["data"]:
            outcomes.setdefault(entry["data"]["address"], []).append(entry["type"].removeprefix("delivery."))
    got = Counter(taken)
    everybody = {address(number) for number in range(PEOPLE)}
    sent = {who for who, fate in outcomes.items() if fate[-1] == "sent"}
    uncertain = {who for who, fate in outcomes.items() if "uncertain" in fate}
    assert sent == everybody, everybody - sent
    assert set(got) == everybody, everybody - set(got)
    doubled = {who for who, count in got.items() if count > 1}
    assert doubled <= uncertain, f"doubled and not uncertain: {doubled - uncertain}"
    expected = {address(number) for number in range(PEOPLE) if address(number).startswith(("after_dot", "half_answer"))}
    assert expected <= uncertain, f"the answer was lost, and nobody says so: {expected - uncertain}"
    print(f"{len(sent)} sent, {len(uncertain)} were uncertain, {len(doubled)} of them came twice")


def main():
    server = Server(("127.0.0.1", 0), Hostile)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as place:
        workspace = Workspace(place)
        contacts = workspace.folder / "contacts.csv"
        rows = "".join(f"{address(number)},Anna\n" for number in range(PEOPLE))
        contacts.write_text("email,first_name\n" + rows, encoding="utf-8")
        workspace.run("import", contacts, "--list", "all")
        workspace.apply(setup(server.server_address[1]))
        (scheduled,) = workspace.run("send", "--topic", "news", "--list", "all", "--no-wait")
        workspace.run("send", scheduled["campaign"])
        check(workspace.log("--campaign", scheduled["campaign"]), Hostile.taken)
    server.shutdown()


main()
