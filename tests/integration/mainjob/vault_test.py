"""Where carillonctl keeps secrets: a sealed file, systemd's credentials, and what it says when neither has them."""
import json
import os
import pty
import select
import subprocess
import tempfile
import time
from pathlib import Path

from carillon import CTL, Workspace, setup

PASSPHRASE = "correct horse battery"
SECRET = "hunter2-Zq8-hunter2"


def run(workspace, *arguments, vault=None, env=None, stdin="", code=0):
    """What the command printed: its objects, and its standard error."""
    command = [CTL, *arguments, "--workspace", str(workspace.path), "--json"]
    if vault:
        command.append(f"--vault={vault}")
    # setsid: no terminal that could be asked
    done = subprocess.run(["setsid", "--wait", *command], input=stdin, capture_output=True, text=True, timeout=120, check=False,
                          env=dict(os.environ, **(env or {})))
    assert done.returncode == code, (command, done.returncode, done.stdout, done.stderr)
    assert SECRET not in done.stdout + done.stderr and PASSPHRASE not in done.stdout + done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def states(objects):
    return {entry["field"]: entry["kept"] for entry in objects if entry.get("account") == "Relay"}


def new_workspace(folder):
    workspace = Workspace(folder)
    workspace.apply(setup(2525))
    return workspace


def sealed_file(folder):
    workspace, file = new_workspace(folder), Path(folder) / "secrets.sealed"
    vault, env = f"sealed:{file}", {"CARILLON_VAULT_PASSPHRASE": PASSPHRASE}
    run(workspace, "vault", "set", "Relay", "password", vault=vault, env=env, stdin=SECRET + "\n")
    assert file.stat().st_mode & 0o777 == 0o600, oct(file.stat().st_mode)
    content = file.read_bytes()
    assert SECRET.encode() not in content and b"password" not in content
    assert states(run(workspace, "vault", "list", vault=vault, env=env)[0]) == {
        "password": True, "dkim_key": False, "dkim_ed25519_key": False}
    answer = run(workspace, "vault", vault=vault, env=env)[0][0]
    assert answer["ok"] and str(file) in answer["place"] and not answer["read_only"], answer
    # By $CARILLON_VAULT and from a file
    passphrase = Path(folder) / "passphrase"
    passphrase.write_text(PASSPHRASE + "\n", encoding="ascii")
    by_file = {"CARILLON_VAULT": vault, "CARILLON_VAULT_PASSPHRASE_FILE": str(passphrase)}
    assert states(run(workspace, "vault", "list", env=by_file)[0])["password"]

    # A wrong passphrase, none, a damaged file: an error, and nothing is overwritten.
    for bad in ({"CARILLON_VAULT_PASSPHRASE": "wrong horse"}, {}):
        error = run(workspace, "vault", "set", "Relay", "password", vault=vault, env=bad, stdin="x", code=1)[1]
        assert "passphrase" in error, error
    assert file.read_bytes() == content
    file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    damaged = file.read_bytes()
    run(workspace, "vault", "set", "Relay", "password", vault=vault, env=env, stdin="x", code=1)
    assert file.read_bytes() == damaged
    file.write_bytes(content)

    # Nothing by the command line; nothing without an input; no such field, no such account.
    run(workspace, "vault", "set", "Relay", "password", "x", vault=vault, env=env, code=2)
    run(workspace, "vault", "set", "Relay", "password", vault=vault, env=env, code=2)
    run(workspace, "vault", "set", "Relay", "pasword", vault=vault, env=env, stdin="x", code=1)
    run(workspace, "vault", "set", "Rely", "password", vault=vault, env=env, stdin="x", code=1)
    run(workspace, "vault", "set", "Relay", "password", vault=vault, env=env, stdin="x" * 40_000, code=1)
    run(workspace, "vault", "check", vault="shoebox", code=1)
    run(workspace, "vault", "remove", "Relay", "password", vault=vault, env=env)
    assert not states(run(workspace, "vault", "list", vault=vault, env=env)[0])["password"]


def running_engine(folder):
    """The engine that has the workspace takes the secret, over a socket that only its user can reach."""
    workspace, file = new_workspace(folder), Path(folder) / "secrets.sealed"
    env = dict(os.environ, CARILLON_VAULT=f"sealed:{file}", CARILLON_VAULT_PASSPHRASE=PASSPHRASE)
    with subprocess.Popen([CTL, "serve", "--workspace", str(workspace.path), "--listen", "127.0.0.1:0", "--json"],
                          stdout=subprocess.PIPE, text=True, env=env) as engine:
        engine.stdout.readline()
        run(workspace, "vault", "set", "Relay", "password", vault="memory", stdin=SECRET)
        assert states(run(workspace, "vault", "list", vault="memory")[0])["password"]
        engine.terminate()
    assert states(run(workspace, "vault", "list", env=env)[0])["password"]


def credentials(folder):
    """As a service has them: a directory that systemd names."""
    workspace, given = new_workspace(folder), Path(folder) / "credentials"
    given.mkdir()
    (given / "carillon-account-1-password").write_text(SECRET + "\n", encoding="ascii")
    (given / "carillon-vault-passphrase").write_text(PASSPHRASE + "\n", encoding="ascii")
    env = {"CREDENTIALS_DIRECTORY": str(given)}
    listed = run(workspace, "vault", "list", vault="environment", env=env)[0]
    assert states(listed)["password"], listed
    assert listed[0]["credential"] == "carillon-account-1-password", listed
    assert run(workspace, "vault", vault="environment", env=env)[0][0]["read_only"]
    for field, code in (("password", 1), ("dkim_key", 1)):
        run(workspace, "vault", "set", "Relay", field, vault="environment", env=env, stdin="x", code=code)
    # In front of a sealed file, whose passphrase is a credential too: what is given cannot be replaced, the rest can.
    sealed = f"sealed:{folder}/secrets.sealed"
    error = run(workspace, "vault", "set", "Relay", "password", vault=sealed, env=env, stdin="x", code=1)[1]
    assert "environment" in error, error
    if Path("/run/systemd/system").is_dir() and os.geteuid() == 0:
        done = subprocess.run(["systemd-run", "--wait", "--pipe", "--quiet",
                               f"--property=LoadCredential=carillon-account-1-password:{given}/carillon-account-1-password",
                               CTL, "vault", "list", "--vault=environment", "--json", "--workspace", str(workspace.path)],
                              capture_output=True, text=True, timeout=60, check=True)
        assert states([json.loads(line) for line in done.stdout.splitlines()])["password"]


def read_until(terminal, text, seconds=60):
    said, end = b"", time.monotonic() + seconds
    while text not in said:
        assert time.monotonic() < end, said
        if select.select([terminal], [], [], 1)[0]:
            said += os.read(terminal, 4096)
    return said


def asked_on_a_terminal(folder):
    """The passphrase is asked for, twice for a new file, and is not shown."""
    workspace, file = new_workspace(folder), Path(folder) / "secrets.sealed"
    command = [CTL, "vault", "check", "--workspace", str(workspace.path), f"--vault=sealed:{file}"]

    def answer(*passphrases):
        process, terminal = pty.fork()
        if process == 0:
            os.execv(CTL, command)
        said = b""
        for passphrase in passphrases:
            said += read_until(terminal, b": ")
            os.write(terminal, passphrase.encode() + b"\n")
        try:
            while rest := os.read(terminal, 4096):
                said += rest
        except OSError:  # a terminal that its program has left
            pass
        os.close(terminal)
        assert PASSPHRASE.encode() not in said, said
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), said

    code, said = answer(PASSPHRASE, "another one")
    assert code == 1 and b"differ" in said and not file.exists(), (code, said)
    code, said = answer(PASSPHRASE, PASSPHRASE)
    assert code == 0 and b"New passphrase" in said, (code, said)


for part in (sealed_file, running_engine, credentials, asked_on_a_terminal):
    with tempfile.TemporaryDirectory() as place:
        part(place)
print("secrets are kept where they were told to be")
