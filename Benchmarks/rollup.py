#!/usr/bin/env python3
"""Adding a step with and without a roll-up due, at 1,000 and 100,000 archived steps.

    rollup.py [--steps 1000,100000] [--rounds 2000] [--folder FOLDER]

Builds flow-bench. Each archive is made up (see SyntheticArchive.swift) and kept in --folder for the next run; what is
measured is a copy of it. Times are milliseconds of the clock, of all that `add-step` does in a process that lives:
a roll-up makes the summary, and the parents that are then due, in the step's own transaction, and writes
cache/memory_cache.md behind it. Beside them one durable append of 4 KB (write and fdatasync) in the same folder and
rounds: what the disk takes.
"""
import argparse, json, shutil, subprocess, sys, tempfile
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--steps", default="1000,100000")
parser.add_argument("--rounds", type=int, default=2000)
parser.add_argument("--flow-bench", help="an executable; without it one is built")
parser.add_argument("--folder", help="where archives are kept; a temporary folder without it")
options = parser.parse_args()
top = Path(__file__).resolve().parent.parent


def build():
    command = ["swift", "build", "-c", "release", "--product", "flow-bench", "--package-path", str(top / "Benchmarks"),
               "--scratch-path", str(top / ".build-bench")]
    subprocess.run(command, check=True, stdout=sys.stderr)
    shown = subprocess.run([*command, "--show-bin-path"], check=True, capture_output=True, text=True)
    return str(Path(shown.stdout.strip()) / "flow-bench")


flow_bench = options.flow_bench or build()


def bench(*arguments):
    done = subprocess.run([flow_bench, *map(str, arguments)], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


with tempfile.TemporaryDirectory() as temporary:
    base = Path(options.folder or temporary).resolve()
    print("| steps | what | count | p50 ms | p99 ms | p50 / append |\n|" + " ---: |" * 6)
    for steps in map(int, options.steps.split(",")):
        kept = base / f"rollup-{steps}"
        if not (kept / "whole").exists():
            shutil.rmtree(kept, ignore_errors=True)
            kept.mkdir(parents=True)
            bench("retrieve", steps, kept)
            (kept / "whole").touch()
        root = Path(tempfile.mkdtemp(dir=temporary))
        project = root / "bench"
        project.mkdir()
        (project / "workflow.json").write_text('{"schema": 1, "project": "bench", "tasks": []}\n')
        shutil.copy(kept / "memory.sqlite", project)
        for name in ("memory.sqlite-wal", "memory.sqlite-shm"):
            if (kept / name).exists():
                shutil.copy(kept / name, project)
        figures = bench("roll-up", root, "bench", steps, options.rounds)
        disk = figures["append"]["p50_ms"]
        for name, title in [("plain", "no roll-up"), ("leaf", "a summary"),
                            ("leaf_and_parents", "a summary and its parents"), ("append", "one durable append")]:
            row = figures[name]
            if row["count"]:
                print(f"| {steps:,} | {title} | {row['count']:,} | {row['p50_ms']:.2f} | {row['p99_ms']:.2f} | "
                      f"{row['p50_ms'] / disk:.1f} |", flush=True)
        shutil.rmtree(root)
