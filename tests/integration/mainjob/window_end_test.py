"""The window is told to end, as at the end of a login session: it closes its workspace in order."""
import json
import os
import signal
import subprocess
import tempfile

from carillon import Workspace, wait_for

WINDOW = os.environ["CARILLON_WINDOW"]


def check(folder, number):
    workspace = Workspace(folder)
    home = workspace.folder / "home"
    home.mkdir()
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home),
                                "XDG_RUNTIME_DIR": str(home)}
    with open(workspace.folder / "stderr", "wb") as errors:
        window = subprocess.Popen([WINDOW, "--workspace", str(workspace.path)], env=environment, stdout=errors, stderr=errors)
    socket = workspace.folder / "w.carillon.socket"
    assert wait_for(socket.exists), (workspace.folder / "stderr").read_text(errors="replace")
    window.send_signal(number)
    assert window.wait(60) == 0, ("ended by the signal, not by itself", (workspace.folder / "stderr").read_text(errors="replace"))
    assert not socket.exists(), "the command socket is left behind"
    left = [name for name in os.listdir(folder) if name.endswith(("-wal", "-shm"))]
    assert not left, ("the database was not closed", left)
    done = subprocess.run(workspace.command("log"), capture_output=True, text=True, timeout=60, check=True)
    assert all(json.loads(line) for line in done.stdout.splitlines())


for number in (signal.SIGTERM, signal.SIGINT):
    with tempfile.TemporaryDirectory() as folder:
        check(folder, number)
print("ended in order")
