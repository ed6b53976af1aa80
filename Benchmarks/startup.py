#!/usr/bin/env python3
"""CPU milliseconds of whole commands, each started anew: flowctl beside git status, sqlite3 -version and jq.

    startup.py --flowctl PATH [--runs 60]

For each command: user + system CPU time (wait4), least and median, the least wall time, and peak resident memory.
Makes a project with the sample transcript in a temporary folder. A peer that is not installed is left out.
"""
import argparse, os, resource, shutil, statistics, subprocess, sys, tempfile, time
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--flowctl", required=True)
parser.add_argument("--runs", type=int, default=60)
options = parser.parse_args()
top = Path(__file__).resolve().parent.parent


def measure(arguments, folder):
    cpu, wall, memory = [], [], 0
    for _ in range(options.runs):
        start = time.perf_counter()
        process = subprocess.Popen(arguments, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall.append((time.perf_counter() - start) * 1e3)
        if process.returncode:
            sys.exit(f"{' '.join(arguments)}: exit {process.returncode}")
        cpu.append((usage.ru_utime + usage.ru_stime) * 1e3)
        memory = max(memory, usage.ru_maxrss)
    return min(cpu), statistics.median(cpu), min(wall), memory / 1024


with tempfile.TemporaryDirectory() as folder:
    flowctl = str(Path(options.flowctl).resolve())
    root = ["--root", f"{folder}/projects"]
    quiet = dict(check=True, stdout=subprocess.DEVNULL)
    subprocess.run([flowctl, *root, "new", "demo"], **quiet)
    subprocess.run([flowctl, *root, "import", str(top / "projects/sample/transcript.jsonl")], **quiet)
    subprocess.run(["git", "init", "-q", f"{folder}/repository"], check=True)
    shutil.copy(top / "projects/sample/transcript.jsonl", f"{folder}/repository")
    rows = [
        ("flowctl --version", [flowctl, "--version"], folder),
        ("flowctl --help", [flowctl, "--help"], folder),
        ("flowctl status", [flowctl, *root, "status"], folder),
        ("flowctl task list", [flowctl, *root, "task", "list"], folder),
        ("flowctl add-step", [flowctl, *root, "add-step", "one more step"], folder),
        ("flowctl context (2,000 tokens)", [flowctl, *root, "context", "--query", "certificate", "--budget", "2000"], folder),
        ("git status", ["git", "status"], f"{folder}/repository"),
        ("sqlite3 -version", ["sqlite3", "-version"], folder),
        ("jq --version", ["jq", "--version"], folder),
        ("true", ["true"], folder),
    ]
    print(f"{'command':32} {'CPU min':>8} {'CPU p50':>8} {'wall min':>9} {'RSS MB':>7}")
    for name, arguments, where in rows:
        if shutil.which(arguments[0]):
            print("{:32} {:8.1f} {:8.1f} {:9.1f} {:7.1f}".format(name, *measure(arguments, where)))
