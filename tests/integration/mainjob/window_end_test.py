"""The window is told to end, as at the end of a login session: it closes its workspace in order, and asks nobody."""
import json
import os
import signal
import subprocess
import tempfile
import time

from carillon import Workspace, wait_for

WINDOW = os.environ["CARILLON_WINDOW"]

# One message a minute: whenever it ends, most of the campaign is still to be sent.
SLOW = {
    "brands": [{"name": "Shop", "from_name": "Shop", "from_address": "hello@shop.example.org"}],
    "accounts": [{"name": "Slow", "provider": "simulator", "settings": {"channel": "email"}, "limits": {"per_minute": 1}}],
    "topics": [{"key": "news", "name": "News", "category": "transactional", "brand": "Shop", "accounts": ["Slow"],
                "templates": [{"channel": "email", "parts": {"subject": "News", "text": "There is some."}}]}],
}


def fill(workspace):
    workspace.apply(SLOW)
    contacts = workspace.folder / "contacts.csv"
    contacts.write_text("email\n" + "".join(f"c{n}@example.org\n" for n in range(10)), encoding="utf-8")
    workspace.run("import", contacts, "--list", "all")


def send(workspace):
    """By the engine of the window, which hears of it a little later, and then would ask before it closes."""
    workspace.run("send", "--topic", "news", "--list", "all", "--no-wait")
    assert wait_for(lambda: workspace.run("campaigns")[0]["counts"].get("queued", 0) > 5)
    heard = time.monotonic() + 3
    assert wait_for(lambda: time.monotonic() > heard)


def check(folder, number, sending):
    workspace = Workspace(folder)
    home = workspace.folder / "home"
    home.mkdir()
    if sending:
        fill(workspace)
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home),
                                "XDG_RUNTIME_DIR": str(home)}
    with open(workspace.folder / "stderr", "wb") as errors:
        window = subprocess.Popen([WINDOW, "--workspace", str(workspace.path)], env=environment, stdout=errors, stderr=errors)
    socket = workspace.folder / "w.carillon.socket"
    assert wait_for(socket.exists), (workspace.folder / "stderr").read_text(errors="replace")
    if sending:
        send(workspace)
    window.send_signal(number)
    try:
        assert window.wait(60) == 0, ("ended by the signal, not by itself", (workspace.folder / "stderr").read_text(errors="replace"))
    finally:
        window.kill()
    assert not socket.exists(), "the command socket is left behind"
    left = [name for name in os.listdir(folder) if name.endswith(("-wal", "-shm"))]
    assert not left, ("the database was not closed", left)
    done = subprocess.run(workspace.command("log"), capture_output=True, text=True, timeout=60, check=True)
    assert all(json.loads(line) for line in done.stdout.splitlines())


for number, sending in ((signal.SIGTERM, False), (signal.SIGINT, False), (signal.SIGTERM, True)):
    with tempfile.TemporaryDirectory() as folder:
        check(folder, number, sending)
print("ended in order")
