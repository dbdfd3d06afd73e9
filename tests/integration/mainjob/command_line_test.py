"""What a person at the command line meets: exit codes, errors in a sentence, JSON, bad input of every kind."""
import json
import os
import random
import signal
import subprocess
import tempfile
from pathlib import Path

from carillon import CTL, Workspace, setup


def run(*arguments):
    return subprocess.run([CTL, *map(str, arguments)], capture_output=True, text=True, timeout=60, check=False)


def check_usage():
    assert run().returncode == 2
    assert run("--help").returncode == 0 and "import" in run("--help").stdout
    assert run("--version").stdout.startswith("carillonctl ")
    wrong = run("nonsense")
    assert wrong.returncode == 2 and "nonsense" in wrong.stderr and wrong.stdout == ""
    wrong = run("log", "--frobnicate")
    assert wrong.returncode == 2 and "frobnicate" in wrong.stderr
    for name in ("import", "apply", "dry-run", "rehearse", "send", "render", "lint", "serve", "log", "token", "demo"):
        assert run(name, "--help").returncode == 0, name


def check_errors(workspace):
    missing = subprocess.run(workspace.command("import", "/no/such/file.csv"), capture_output=True, text=True, check=False)
    assert missing.returncode == 1 and json.loads(missing.stderr)["error"]["message"], missing
    unknown = subprocess.run(workspace.command("send", "--topic", "nothing", "--everyone"), capture_output=True, text=True, check=False)
    assert unknown.returncode == 1 and json.loads(unknown.stderr)["error"]["code"] == "not_found", unknown
    broken = workspace.folder / "broken.json"
    broken.write_text('{"brands": [\n  {"name": }\n]}', encoding="utf-8")
    refused = subprocess.run(workspace.command("apply", broken), capture_output=True, text=True, check=False)
    assert refused.returncode == 1 and "Line 2" in json.loads(refused.stderr)["error"]["message"], refused.stderr
    content = setup(25)
    content["topics"][0]["templates"][0]["parts"]["html"] = "<p>\n{% if x %}</p>"
    try:
        workspace.apply(content)
        raise SystemExit("a template that does not compile was taken")
    except AssertionError as error:
        assert "html, line 2" in str(error), error


def check_apply(workspace):
    """What would not be read is refused, with its place, and nothing of the file is carried out."""
    brand = {"name": "Half", "from_address": "a@example.org"}
    for content, place in (({"brands": [brand], "acounts": []}, "acounts"),
                           ({"brands": brand}, "brands"),
                           ({"brands": [brand, "Shop"]}, "brands[1]"),
                           ({"brands": [brand], "topics": [{"key": "k", "templats": []}]}, "topics[0].templats"),
                           ({"brands": [brand], "topics": [{"key": "k", "max_attempts": "3"}]}, "topics[0].max_attempts"),
                           ({"brands": [brand], "topics": [{"key": "k", "accounts": "Relay"}]}, "topics[0].accounts"),
                           ({"brands": [brand], "topics": [{"key": "k", "accounts": [{"acount": "Relay"}]}]}, "topics[0].accounts[0].acount"),
                           ({"brands": [brand], "topics": [{"key": "k", "rules": {"hold": 1}}]}, "topics[0].rules.hold"),
                           ({"brands": [brand], "accounts": [{"name": "Relay", "enabled": "false"}]}, "accounts[0].enabled"),
                           ({"brands": [brand], "accounts": [{"name": "Relay", "limits": {"burst": "1"}}]}, "accounts[0].limits.burst"),
                           ({"brands": [brand], "frequency_caps": [{"category": "marketing", "most": "3"}]}, "frequency_caps[0].most"),
                           ({"brands": [brand], "topics": [{"key": "k", "templates": [{"parts": {"text": 5}}]}]},
                            "topics[0].templates[0].parts.text")):
        file = workspace.folder / "mistaken.json"
        file.write_text(json.dumps(content), encoding="utf-8")
        refused = subprocess.run(workspace.command("apply", file), capture_output=True, text=True, check=False)
        assert refused.returncode == 1 and json.loads(refused.stderr)["error"]["field"] == place, (place, refused)
    assert not workspace.run("log", "--type", "brand.saved")
    two = {"brands": [brand, brand | {"name": "Other"}], "topics": [{"key": "k", "name": "K", "category": "system", "brand": "Hlaf"}]}
    try:
        workspace.apply(two)
        raise SystemExit("a topic of a brand that is not there was taken")
    except AssertionError as error:
        assert "Hlaf" in str(error), error
    endless = subprocess.run(workspace.command("apply", "/dev/zero"), capture_output=True, text=True, timeout=60, check=False)
    assert endless.returncode == 1, endless


def check_output(workspace):
    """The workspace may be named first; what is printed steers no terminal, and a full disk is no success."""
    file = workspace.folder / "names.json"
    file.write_text(json.dumps({"brands": [{"name": "\x1b]0;owned\x07", "from_address": "a@example.org"}]}), encoding="utf-8")
    workspace.run("apply", file)
    log = run("--workspace", workspace.path, "log")
    assert log.returncode == 0 and "owned" in log.stdout and "\x1b" not in log.stdout and "\x07" not in log.stdout, log
    with open("/dev/full", "w", encoding="utf-8") as full:
        lost = subprocess.run(workspace.command("log"), stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert lost.returncode == 1 and lost.stderr, lost


def check_damaged(folder):
    for name, content in (("empty", b""), ("text", b"hello" * 1000), ("sqlite", b"SQLite format 3\0" + os.urandom(8192))):
        path = Path(folder) / name
        path.write_bytes(content)
        done = run("log", "--workspace", path, "--json")
        if name == "empty":  # SQLite takes an empty file for a new database
            assert done.returncode == 0, done
            continue
        assert done.returncode == 1 and json.loads(done.stderr)["error"]["code"] == "storage_damaged", done
    done = run("serve", "--workspace", "/no/such/folder/w.carillon", "--json")
    assert done.returncode == 1 and json.loads(done.stderr)["error"]["code"] == "storage", done


def check_mistyped(folder):
    """A workspace is made by what one begins with; for all else a name that is not there is a mistake, and leaves nothing."""
    path = Path(folder) / "mistyped.carillon"
    for command in (("log",), ("send", "1"), ("dry-run", "1"), ("trigger", "x", "--to", "a@b.example"), ("campaigns",), ("token", "x"),
                    ("vault", "list"), ("lint",)):
        done = run(*command, "--workspace", path, "--json")
        error = json.loads(done.stderr)["error"]
        assert done.returncode == 1 and error["code"] == "not_found" and str(path) in error["message"], (command, done)
    assert not list(Path(folder).iterdir()), list(Path(folder).iterdir())
    own = os.environ | {"XDG_DATA_HOME": folder}
    done = subprocess.run([CTL, "log"], env=own, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1 and "carillonctl apply" in done.stderr and not list(Path(folder).rglob("*.carillon*")), done


def check_any_bytes(folder):
    """No bytes make an import or an apply crash."""
    rng = random.Random(20260101)
    workspace = Workspace(folder)
    for size in (0, 1, 7, 100, 5000, 200_000):
        file = workspace.folder / "noise"
        file.write_bytes(rng.randbytes(size))
        for command in ("import", "apply"):
            done = subprocess.run(workspace.command(command, file), capture_output=True, timeout=60, check=False)
            assert done.returncode in (0, 1, 3), (command, size, done.returncode, done.stderr[-500:])


def check_serve(workspace):
    serve = workspace.start("serve", "--listen", "127.0.0.1:0")
    address = json.loads(serve.stdout.readline())["address"]
    busy = subprocess.run(workspace.command("log"), capture_output=True, text=True, check=False)
    assert busy.returncode == 1 and json.loads(busy.stderr)["error"]["code"] == "busy", busy
    taken = run("serve", "--workspace", workspace.folder / "other.carillon", "--listen", address.split("//")[1].strip("/"), "--json")
    assert taken.returncode == 1 and "error" in taken.stderr, taken
    serve.send_signal(signal.SIGTERM)
    assert serve.wait(20) == 0


def check_providers(folder):
    """Every kind of account that the engine sends through is told of, also what is not a file, and what is one's own."""
    files = {path.stem for path in (Path(__file__).parents[3] / "resources" / "providers").glob("*.json")}
    files.discard("provider.schema")
    own = Path(folder) / "providers"
    own.mkdir()
    file = {"format": 1, "key": "pager", "name": "Pager", "channel": "sms", "help": "x", "address": {"label": "a number"},
            "fields": [], "request": {"url": "https://pager.example"}}
    (own / "pager.json").write_text(json.dumps(file), encoding="utf-8")
    listed = run("provider", "list", "--workspace", Path(folder) / "any.carillon", "--json")
    assert listed.returncode == 0 and listed.stderr == "", listed
    keys = [json.loads(line)["provider"] for line in listed.stdout.splitlines()]
    assert len(keys) == len(set(keys)) and set(keys) == files | {"smtp", "file", "in_app", "web_push", "simulator", "pager"}, keys
    shown = run("provider", "show", "in_app", "--workspace", Path(folder) / "any.carillon")
    assert shown.returncode == 0 and "keep_days" in shown.stdout, shown


def check_demo():
    demo = run("demo", "--json")
    assert demo.returncode == 0, demo
    result = json.loads(demo.stdout)
    assert result["state"] == "finished" and result["left_out"] == 10, result
    # What the platform told later is in it.
    assert result["counts"] == {"bounced": 26, "delivered": 197, "failed": 17}, result


with tempfile.TemporaryDirectory() as place:
    check_usage()
    check_errors(Workspace(place))
    check_damaged(place)
    for check in (check_apply, check_output):
        with tempfile.TemporaryDirectory() as own:
            check(Workspace(own))
    with tempfile.TemporaryDirectory() as own:
        check_mistyped(own)
    check_any_bytes(place)
    check_serve(Workspace(place))
    check_providers(place)
    check_demo()
print("the command line behaves")
