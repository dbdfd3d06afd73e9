#!/usr/bin/python3
"""The main job's speed: 20,000 personalised mails (about 2 KB, HTML and text) to Postfix's smtp-sink on loopback, ledger and log written,
by carillonctl as it is shipped, beside smtp-source in the same run: the same number of mails of that size with no queue, no template
and no record.
"""
import csv
import json
import os
import socket
import subprocess
import time

MAILS = 20_000
PARAGRAPH = "<p>This is what we are about to do for {{ contact.first_name }} in {{ contact.city }}, and why it matters to you: " + "word " * 55 + "</p>"
HTML = ("<html><body><h1>Dear {{ contact.first_name }} {{ contact.last_name }}</h1>" + PARAGRAPH * 3 +
        "{% if contact.plan == 'team' %}<p>Your team is with us.</p>{% endif %}<p>{{ contact.email }}</p></body></html>")
TEXT = "Dear {{ contact.first_name }} {{ contact.last_name }},\n\n" + ("word " * 12 + "\n") * 8 + "{{ contact.plan | upcase }}\n"


def contacts(shared, path):
    with open(shared / "data" / "contacts-10k.csv", encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        rows, names = [row for row in reader if row["email"] and None not in row.values()], reader.fieldnames
    with open(path, "w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, names)
        writer.writeheader()
        for number in range(MAILS):
            row = rows[number % len(rows)]
            writer.writerow(row | {"email": f"m{number}@rcpt{number % 50}.example.org", "external_id": f"m-{number}"})


def run(ctl, workspace, *arguments, codes=(0, 3)):
    done = subprocess.run([ctl, arguments[0], "--workspace", workspace, "--json", *arguments[1:]], capture_output=True, text=True, check=False)
    assert done.returncode in codes, (arguments, done.stdout, done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def setup(port):
    return {"brands": [{"name": "Shop", "from_name": "Shop", "from_address": "hello@shop.example.org"}],
            "accounts": [{"name": "Relay", "provider": "smtp", "settings": {"host": "127.0.0.1", "port": port, "security": "none", "auth": "none"}}],
            "topics": [{"key": "bench", "name": "Bench", "brand": "Shop", "accounts": ["Relay"],
                        "templates": [{"channel": "email", "parts": {"subject": "Hello {{ contact.first_name }}", "html": HTML, "text": TEXT}}]}]}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def listening(command, port):
    """The process, once it takes connections on the port."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return process
        except OSError:
            time.sleep(0.02)
    raise SystemExit(f"{command[0]} does not listen")


def sink(*options):
    port = free_port()
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    return listening(["/usr/sbin/smtp-sink", *user, *options, f"127.0.0.1:{port}", "500"], port), port


def timed(arguments):
    """Seconds, CPU seconds and peak MiB of one process."""
    begin = time.monotonic()
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE)
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, (arguments, status)
    return time.monotonic() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out


def one_run(ctl, shared, folder, pipelining):
    """Figures of one run in an empty folder."""
    server, port = sink(*([] if pipelining else ["-p"]))
    try:
        workspace = str(folder / "w.carillon")
        file, config = folder / "contacts.csv", folder / "setup.json"
        contacts(shared, file)
        config.write_text(json.dumps(setup(port)), encoding="utf-8")
        run(ctl, workspace, "import", str(file), "--list", "all")
        run(ctl, workspace, "apply", str(config))
        seconds, cpu, memory, out = timed([ctl, "send", "--workspace", workspace, "--json", "--topic", "bench", "--list", "all"])
        result = json.loads(out)
        sent = result["counts"]["sent"]
        assert sent == MAILS, result
        yard, yard_cpu, _, _ = timed(["/usr/sbin/smtp-source", "-s", "10", "-m", str(MAILS), "-l", "2800", "-d", f"127.0.0.1:{port}"])
        return {"mails_per_s": round(sent / (result["took_ms"] / 1000)), "whole_command_per_s": round(sent / seconds),
                "cpu_s_per_1000": cpu / sent * 1000, "peak_mib": memory,
                "smtp_source_per_s": round(MAILS / yard), "smtp_source_cpu_s_per_1000": yard_cpu / MAILS * 1000}
    finally:
        server.kill()
