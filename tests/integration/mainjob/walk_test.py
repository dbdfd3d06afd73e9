#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks the README's "Your own provider" from an empty folder: every command exactly as printed.

usage: walk_test.py CARILLONCTL

Only the port of the stand-in service is another one, that is free. Each block is run by one shell, as a reader would.
"""
import os
import pathlib
import socket
import subprocess
import sys
import tempfile

README = pathlib.Path(__file__).resolve().parents[3] / "README.md"
HEADING = "## Your own provider"
MARK = "--- end of block ---"


def blocks():
    """The indented blocks of the section, without their indentation."""
    section = README.read_text().split(HEADING, 1)[1].split("\n## ", 1)[0]
    found, block = [], []
    for line in section.splitlines():
        if line.startswith("    "):
            block.append(line[4:])
        elif block and line.strip():
            found.append("\n".join(block).rstrip())
            block = []
    return found + (["\n".join(block).rstrip()] if block else [])


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def walk(carillonctl):
    """What each block printed."""
    script = f"\necho '{MARK}'\n".join(blocks()).replace("9000", str(free_port()))
    with tempfile.TemporaryDirectory() as folder:
        tools = pathlib.Path(folder, "tools")
        tools.mkdir()
        (tools / "carillonctl").symlink_to(os.path.abspath(carillonctl))
        environment = {"PATH": f"{tools}:/usr/bin:/bin", "HOME": folder, "LANG": "C.UTF-8"}
        run = subprocess.run(["bash"], input="set +e\n" + script, cwd=folder, env=environment, text=True,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=150)
    return run.stdout.split(MARK)


def expect(text, *words):
    for word in words:
        if word not in text:
            sys.exit(f"expected {word!r} in:\n{text}")


def main():
    wrong, good, tried, sent = walk(sys.argv[1])
    expect(wrong, "providers/bell.json:21:22: /outcomes/3/outcome: this must be one of: sent, retry, throttled")
    expect(good, "bell: Bell, channel bell", "POST https://bell.example/api/rooms/", "Authorization: Bearer \u2022\u2022\u2022")
    expect(tried, '"ok": true', "Outcome: sent, its id is 42", "the rule /outcomes/0 in line",
           "Outcome: provider_down, because: bad token", "the rule /outcomes/1 in line")
    expect(sent, "The front door is open", "delivery.sent")
    if "ding-dong" in wrong + good + tried + sent:
        sys.exit("a secret was printed")
    print("walked")


main()
