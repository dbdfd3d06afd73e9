#!/usr/bin/python3
"""What one HTML mail of about 1 KB takes (5 variables, a loop of 5, a condition, everything escaped), beside other template engines.

    templates.py TEMPLATEBENCH [--bench FOLDER] [--runs N]

TEMPLATEBENCH is the program of a release build. FOLDER holds the yardsticks, e_templates.py and its lib/ and templates/ (usually
../shared/bench), with their npm packages (npm ci) in it or in a copy. The engines take turns; the table has the medians, by the clock on
the wall: the machine must be idle for them to mean something. An engine that
cannot run says so.
"""
import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENGINES = ("carillon", "handlebars", "nunjucks", "liquidjs", "jinja2", "django")
LIMIT_US, LIMIT_COLD_US = 4.0, 200.0


def command(engine, arguments):
    if engine == "carillon":
        return [arguments.program, HERE / "small.html.liquid", "100000"]
    if engine in ("jinja2", "django"):
        return ["/usr/bin/python3", arguments.bench / "lib" / "e_render.py", engine, "4000"]
    return ["node", arguments.bench / "lib" / "e_render.mjs", engine, "20000"]


def measure(engine, arguments):
    try:
        done = subprocess.run([str(part) for part in command(engine, arguments)], capture_output=True, text=True, timeout=120, check=False)
    except (OSError, subprocess.TimeoutExpired) as problem:
        return None, str(problem)
    if done.returncode != 0:
        lines = [line for line in done.stderr.splitlines() if "Error" in line] or done.stderr.splitlines()[-1:] or ["failed"]
        return None, lines[0][:100]
    return json.loads(done.stdout.splitlines()[-1]), None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--bench", type=Path, default=HERE.parents[2] / "shared" / "bench")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    results, problems = {engine: [] for engine in ENGINES}, {}
    for _ in range(arguments.runs):
        for engine in ENGINES:
            if engine not in problems:
                result, problem = measure(engine, arguments)
                if problem:
                    problems[engine] = problem
                else:
                    results[engine].append(result)
    print(f"{'engine':<12}{'us a mail':>10}{'bytes':>8}")
    for engine in ENGINES:
        if engine in problems:
            print(f"{engine:<12} did not run: {problems[engine]}")
        else:
            print(f"{engine:<12}{statistics.median(r['us'] for r in results[engine]):>10.2f}{results[engine][0]['bytes']:>8}")
    if "carillon" in problems:
        return 1
    own = {key: statistics.median(result[key] for result in results["carillon"]) for key in ("us", "cpu_us", "compile_us", "cold_us")}
    print(f"\ncarillon: {own['cpu_us']:.2f} us of the processor a mail (limit {LIMIT_US:g}), compiled in {own['compile_us']:.1f} us,"
          f" from the file to the first text {own['cold_us']:.1f} us (limit {LIMIT_COLD_US:g})")
    return 0 if own["cpu_us"] <= LIMIT_US and own["cold_us"] <= LIMIT_COLD_US else 1


sys.exit(main())
