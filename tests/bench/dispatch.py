#!/usr/bin/python3
"""All figures of dispatch, each beside its bare limit in the same run.

    dispatch.py BUILD SHARED [--runs N] [--only mails,delay,webhooks,providers,planning,queue,control,triggers]

BUILD is the folder of a release build with DispatchBench, ControlBench and carillonctl; SHARED the one with data/contacts-10k.csv and bench/tools.
Prints one JSON object per run and part, then the medians beside their targets. Wall figures want a machine with nothing else to do;
CPU seconds bear more. A part whose counterpart (smtp-sink, nginx, wrk, a C compiler) is not installed is left out and said so.
"""
import argparse
import json
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path

import mails

MILLION = 1_000_000

# What is to be reached, by part and figure: at least, or at the most.
TARGETS = {
    ("mails", "mails_per_s"): (">=", 15_000), ("mails", "cpu_s_per_1000"): ("<=", 0.06), ("mails", "peak_mib"): ("<=", 60),
    ("mails without PIPELINING", "mails_per_s"): (">=", 9_000),
    ("20 ms away, 10 connections", "of_bound"): (">=", 0.95), ("20 ms away, 100 connections", "of_bound"): (">=", 0.95),
    ("webhooks", "send_per_s"): (">=", 20_000), ("webhooks", "send_cpu_s_per_1000"): ("<=", 0.05),
    ("providers", "mattermost_to_webhook"): (">=", 0.8),
    ("planning", "plan_per_s"): (">=", 150_000), ("planning", "plan_longest_transaction_ms"): ("<=", 25),
    ("planning", "plan_peak_mib"): ("<=", 100),
    ("triggers", "trigger_p99_ms"): ("<=", 10), ("triggers", "peak_mib"): ("<=", 100),
    ("queue", "million_to_ten_thousand"): (">=", 0.8), ("queue", "peak_mib_at_a_million"): ("<=", 100),
} | {("control", word + after): ("<=", 1_000) for word in ("pause", "cancel") for after in ("_answer_ms", "_wire_quiet_ms")} | {
    ("control", figure): ("<=", 1_000) for figure in ("resume_first_message_ms", "first_canary_ms", "throttle_answer_ms", "undo_answer_ms")
} | {("control", "begun_while_paused"): ("<=", 0), ("control", "throttled_next_second"): ("<=", 110)}


class Bench:
    def __init__(self, build, shared):
        self.ctl, self.program, self.shared = build / "app" / "carillonctl", build / "tests" / "bench" / "DispatchBench", shared

    def dispatch(self, *options):
        return self.run(self.program, *options)

    def run(self, program, *options):
        done = subprocess.run([program, *map(str, options)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, (options, done.stdout, done.stderr)
        return json.loads(done.stdout)

    def tool(self, folder, name):
        """A program of bench/tools, compiled."""
        source = next((self.shared / "bench" / "tools").glob(name + ".c*"))
        program = folder / name
        if not program.exists():
            compiler = "c++" if source.suffix == ".cpp" else "cc"
            subprocess.run([compiler, "-O2", "-w", "-o", program, source, "-lsqlite3"], check=True)
        return program

    def mails(self, folder):
        with tempfile.TemporaryDirectory(dir=folder) as place:
            yield "mails", mails.one_run(str(self.ctl), self.shared, Path(place), True)
        with tempfile.TemporaryDirectory(dir=folder) as place:
            yield "mails without PIPELINING", mails.one_run(str(self.ctl), self.shared, Path(place), False)

    def delay(self, folder):
        """A server that answers each mail 20 ms late takes one mail per connection in that time, however fast the sender is.

        The server has one thread and a clock of a millisecond: a bare sender of one body, without a queue, does not reach the bound.
        """
        body = folder / "body.eml"
        body.write_text("Subject: Hello\n\n" + ("word " * 14 + "\n") * 38, encoding="utf-8", newline="\r\n")
        for connections, count in ((10, 5_000), (100, 40_000)):
            port = mails.free_port()
            server = mails.listening([str(self.tool(folder, "smtp_fastsink")), "--port", str(port), "--delay-ms", "20"], port)
            try:
                result = self.dispatch("--contacts", count, "--smtp-port", port, "--connections", connections)
                bare = subprocess.run([self.tool(folder, "smtp_blast"), json.dumps(
                    {"port": port, "sessions": connections, "messages": count // 2, "mode": 2, "body": str(body)})],
                    capture_output=True, text=True, check=True).stdout
                bare = json.loads(bare)["rate"]
            finally:
                server.terminate()
            bound = connections / 0.020
            yield f"20 ms away, {connections} connections", {"mails_per_s": result["send_per_s"], "bound_per_s": round(bound),
                                                             "of_bound": result["send_per_s"] / bound,
                                                             "bare_sender_per_s": bare, "of_bare_sender": result["send_per_s"] / bare}

    def nginx(self, folder):
        """An HTTP server that takes everything at once; a process and its port."""
        port, place = mails.free_port(), folder / "nginx"
        place.mkdir(exist_ok=True)
        (place / "nginx.conf").write_text(
            f"daemon off; worker_processes 1; pid {place}/pid; error_log {place}/error.log; events {{ worker_connections 4096; }}\n"
            f"http {{ access_log off; keepalive_requests 100000000; keepalive_timeout 600s; client_body_temp_path {place}/body;\n"
            f"proxy_temp_path {place}/p; fastcgi_temp_path {place}/f; uwsgi_temp_path {place}/u; scgi_temp_path {place}/s;\n"
            f"server {{ listen 127.0.0.1:{port} backlog=1024;\n"
            f"location / {{ default_type application/json; return 200 '{{\"ok\":true}}'; }}\n"
            f"location /api/v4/posts {{ default_type application/json; return 201 '{{\"id\":\"w4c1yxkbkffyme3c4ymzm6fbwh\"}}'; }} }} }}\n",
            encoding="utf-8")
        return mails.listening(["nginx", "-c", f"{place}/nginx.conf", "-e", f"{place}/error.log"], port), port

    def webhooks(self, folder):
        server, port = self.nginx(folder)
        try:
            result = self.dispatch("--contacts", 20_000, "--url", f"http://127.0.0.1:{port}/hook")
            wrk = subprocess.run(["wrk", "-t1", "-c32", "-d2s", "-s", self.shared / "bench" / "lib" / "post.lua", f"http://127.0.0.1:{port}/"],
                                 capture_output=True, text=True, check=True).stdout
            result["wrk_per_s"] = round(float(wrk.split("Requests/sec:")[1].split()[0]))
        finally:
            server.terminate()
            server.wait()
        yield "webhooks", {key: value for key, value in result.items() if key.startswith(("send_", "wrk_"))}

    def providers(self, folder):
        """A chat whose request is made of templates beside the webhook, whose body goes out as it is; in turns."""
        server, port = self.nginx(folder)
        try:
            hooks, chats = [], []
            for _ in range(3):
                hooks.append(self.dispatch("--contacts", 20_000, "--url", f"http://127.0.0.1:{port}/hook"))
                chats.append(self.dispatch("--contacts", 20_000, "--url", f"http://127.0.0.1:{port}", "--provider", "mattermost"))
        finally:
            server.terminate()
            server.wait()
        hook, chat = (statistics.median(result["send_per_s"] for result in results) for results in (hooks, chats))
        yield "providers", {"webhook_per_s": hook, "mattermost_per_s": chat, "mattermost_to_webhook": chat / hook,
                            "webhook_cpu_s_per_1000": statistics.median(result["send_cpu_s_per_1000"] for result in hooks),
                            "mattermost_cpu_s_per_1000": statistics.median(result["send_cpu_s_per_1000"] for result in chats)}

    def planning(self, folder):
        result = self.dispatch("--contacts", MILLION, "--messages", 0)
        raw = subprocess.run([self.tool(folder, "sqlite_enqueue"), folder / "raw.db", str(MILLION), "2", "500", "1"], capture_output=True,
                             text=True, check=True).stdout
        (folder / "raw.db").unlink()
        yield "planning", {key: value for key, value in result.items() if key.startswith("plan_")} | {"raw_sqlite": json.loads(raw)}

    def queue(self, _folder):
        """Whether a hundred times as many waiting deliveries make the first 10,000 slower."""
        server, port = mails.sink()
        try:
            few, many = (self.dispatch("--contacts", contacts, "--messages", 10_000, "--smtp-port", port, "--connections", 10)
                         for contacts in (10_000, MILLION))
        finally:
            server.kill()
        yield "queue", {"of_ten_thousand_per_s": few["send_per_s"], "of_a_million_per_s": many["send_per_s"],
                        "million_to_ten_thousand": many["send_per_s"] / few["send_per_s"],
                        "cpu_s_per_1000_of_ten_thousand": few["send_cpu_s_per_1000"],
                        "cpu_s_per_1000_of_a_million": many["send_cpu_s_per_1000"],
                        "longest_transaction_ms": many["send_longest_transaction_ms"], "peak_mib_at_a_million": many["send_peak_mib"]}

    def control(self, _folder):
        """An operator's word on a campaign of a million: until it is answered, and until the wire obeys."""
        server, port = mails.sink()
        try:
            yield "control", self.run(self.program.with_name("ControlBench"), "--contacts", MILLION, "--smtp-port", port)
        finally:
            server.kill()

    def triggers(self, _folder):
        """Triggers, one after the other, while a campaign of a million is sent: from the call to the first byte at the platform."""
        server, port = mails.sink()
        try:
            result = self.dispatch("--contacts", MILLION, "--triggers", 500, "--smtp-port", port, "--connections", 10)
        finally:
            server.kill()
        yield "triggers", {key: value for key, value in result.items() if key.startswith("trigger_")} | {
            "campaign_per_s": result["send_per_s"], "peak_mib": result["send_peak_mib"]}


NEEDS = {"mails": ["/usr/sbin/smtp-sink"], "queue": ["/usr/sbin/smtp-sink"], "control": ["/usr/sbin/smtp-sink"], "triggers": ["/usr/sbin/smtp-sink"],
         "delay": ["c++"], "webhooks": ["nginx", "wrk"], "providers": ["nginx"],
         "planning": ["cc"]}


def run_all(bench, parts, runs, folder):
    """{part: [figures of each run]}; the parts take turns, so that a busy moment meets all of them."""
    results = {}
    for _ in range(runs):
        for part in parts:
            missing = [need for need in NEEDS[part] if not shutil.which(need)]
            if missing:
                print(f"{part}: left out, {', '.join(missing)} is not installed", flush=True)
                continue
            for name, figures in getattr(bench, part)(folder):
                print(json.dumps({"part": name} | figures), flush=True)
                results.setdefault(name, []).append(figures)
    return results


def print_medians(results):
    for name, figures in results.items():
        print(f"\n{name} (median of {len(figures)})")
        for key in figures[0]:
            values = [figure[key] for figure in figures]
            if not isinstance(values[0], (int, float)):
                continue
            median = statistics.median(values)
            sign, target = TARGETS.get((name, key), ("", 0))
            met = {"": True, ">=": median >= target, "<=": median <= target}[sign]
            print(f"  {key:<34}{median:>14,.4g}" + (f"   target {sign} {target:,g}{'' if met else ', missed'}" if sign else ""))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", default="mails,delay,webhooks,providers,planning,queue,control,triggers")
    arguments = parser.parse_args()
    parts = arguments.only.split(",")
    with tempfile.TemporaryDirectory() as place:
        results = run_all(Bench(arguments.build.resolve(), arguments.shared.resolve()), parts, arguments.runs, Path(place))
    print_medians(results)


main()
