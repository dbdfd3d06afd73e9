"""carillonctl lint: what is wrong with a file, or with the templates of a workspace; places as compilers say them."""
import json
import random
import re
import subprocess
import tempfile
from pathlib import Path

from carillon import CTL, Workspace, setup

LINE = re.compile(r"^(?P<file>.+):(?P<line>\d+):(?P<column>\d+): (?P<severity>error|warning|hint): .+ \[(?P<rule>[a-z0-9-]+)\]$")


def lint(*arguments):
    return subprocess.run([CTL, "lint", *map(str, arguments)], capture_output=True, text=True, timeout=60, check=False)


def found(done):
    return {(match["rule"], int(match["line"]), int(match["column"])) for match in map(LINE.match, done.stdout.splitlines())}


def check_file(folder):
    mail = folder / "mail.html"
    mail.write_text('<p>Hello {{ contact.name }}\n👍 <a href="http://example.org">now</a> <img src="https://example.org/a.png"></p>\n', encoding="utf-8")
    done = lint("--template", mail, "--channel", "email", "--part", "html")
    assert done.returncode == 0, done
    assert {("http-link", 2, 13), ("image-without-alt", 2, 41), ("missing-default", 1, 13)} <= found(done), done.stdout
    assert done.stdout.startswith(f"{mail}:1:13: hint: "), done.stdout
    assert "no-unsubscribe" not in done.stdout and "no-unsubscribe" in lint("--template", mail, "--marketing").stdout
    as_json = [json.loads(line) for line in lint("--template", mail, "--json").stdout.splitlines()]
    wanted = {"file": str(mail), "line": 2, "column": 13, "severity": "warning", "rule": "http-link"}
    assert any(wanted.items() <= one.items() for one in as_json), as_json
    mail.write_text("{{ x | nosuch }}", encoding="utf-8")
    done = lint("--template", mail)
    assert done.returncode == 3 and ("liquid", 1, 8) in found(done), done


def check_clean_file(folder):
    text = folder / "text.txt"
    text.write_text("Your order is on its way.", encoding="utf-8")
    done = lint("--template", text, "--channel", "sms", "--part", "text")
    assert done.returncode == 0 and done.stdout == "" and "Nothing is wrong." in done.stderr, done


def check_wrong_calls(folder):
    assert lint("--template", folder / "none.html").returncode == 1
    done = lint("--template", folder / "text.txt", "--part", "body")
    assert done.returncode == 1 and "subject, preheader, html" in done.stderr, done
    assert lint("topic").returncode == 2


def check_any_bytes(folder):
    source = random.Random(7)
    path = folder / "any.html"
    scraps = [b"<a href=\"", b"{{", b"}}", b"{% if x %}", b"{% else %}", b"<style>", b"\xff\xfe", b"\x00", b"'", b"<!--", b"\xf0\x9f\x91\x8d"]
    for _ in range(20):
        path.write_bytes(b"".join(source.choice(scraps) for _ in range(200)) + source.randbytes(200))
        assert lint("--template", path).returncode in (0, 3), path.read_bytes()


def check_workspace(workspace):
    content = setup(25)
    template = content["topics"][0]["templates"][0]
    template["parts"]["html"] = '<p>{{ contact.nobody_has_this | default: "x" }}</p>\n<img src="cid:logo" alt="Logo">'
    workspace.apply(content)
    done = subprocess.run([CTL, "lint", "--workspace", str(workspace.path)], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 3, done
    name = f'{content["topics"][0]["key"]}/email/html'
    assert f"{name}:2:11: error: " in done.stdout and "[unknown-inline-image]" in done.stdout, done.stdout


with tempfile.TemporaryDirectory() as place:
    check_file(Path(place))
    check_clean_file(Path(place))
    check_wrong_calls(Path(place))
    check_any_bytes(Path(place))
    check_workspace(Workspace(place))
print("lint finds what is wrong")
