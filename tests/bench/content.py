#!/usr/bin/python3
"""What content costs, in one run: templates beside other engines, finding the template, rehearsing 100,000 contacts.

    content.py BUILD [--bench FOLDER] [--runs N]

BUILD is the folder of a release build; FOLDER and N are for templates.py. Prints the tables of the programs one after the other; the
rehearsal is repeated N times and its medians are printed last. The exit code is not 0 when a limit is crossed.
"""
import argparse
import re
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
REHEARSAL_LIMIT_S = 5.0


def rehearse(program, runs):
    """The output of each run, and the seconds that its rehearsal took."""
    outputs = [subprocess.run([program, "100000"], capture_output=True, text=True, check=True).stdout for _ in range(runs)]
    seconds = [float(re.search(r"^rehears.*? ([\d.]+) s ", output, re.MULTILINE).group(1)) for output in outputs]
    return outputs, seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path)
    parser.add_argument("--bench", type=Path, default=HERE.parents[2] / "shared" / "bench")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    programs = arguments.build / "tests" / "bench"
    templates = subprocess.run([HERE / "templates.py", programs / "TemplateBench", "--bench", arguments.bench, "--runs", str(arguments.runs)],
                               check=False)
    print("\nFinding the template", flush=True)
    subprocess.run([programs / "ResolveBench"], check=True)
    print("\nRehearsal of 100,000 contacts", flush=True)
    outputs, seconds = rehearse(programs / "RehearsalBench", arguments.runs)
    print(outputs[-1].rstrip())
    print(f"median of {arguments.runs}: {statistics.median(seconds):.2f} s, {min(seconds):.2f} to {max(seconds):.2f} (limit {REHEARSAL_LIMIT_S:g})")
    return templates.returncode or int(statistics.median(seconds) > REHEARSAL_LIMIT_S)


sys.exit(main())
