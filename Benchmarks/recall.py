#!/usr/bin/env python3
"""Making prompts from archives of 1,000, 10,000 and 100,000 steps: time, memory, bytes on disk.

    recall.py [--million] [--steps 1000,10000] [--flowctl PATH] [--folder FOLDER]

Builds flow-bench, and flowctl unless it is given. Each archive is made up (see SyntheticArchive.swift), filled by
one process and read by another, one after the other. Times are milliseconds of the clock, p95 over 200 queries
for 4,000 tokens, unless CPU is named; ratios beside them are to the row before. Then `flowctl context` as a whole
command: user + system CPU time (wait4) and peak resident memory. --folder keeps the archives for the next run.
"""
import argparse, json, os, sqlite3, statistics, subprocess, sys, tempfile, time
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--million", action="store_true", help="1,000,000 steps as well, which takes an hour to fill")
parser.add_argument("--steps", default="1000,10000,100000")
parser.add_argument("--flowctl", help="an executable; without it one is built")
parser.add_argument("--flow-bench", help="an executable; without it one is built")
parser.add_argument("--folder", help="where archives are kept; a temporary folder without it")
parser.add_argument("--runs", type=int, default=30, help="of flowctl context")
options = parser.parse_args()
top = Path(__file__).resolve().parent.parent
INDEX = {"term_page", "term_page_first", "segment", "tail", "profile"}


def build(product, package, scratch):
    command = ["swift", "build", "-c", "release", "--product", product, "--package-path", str(package),
               "--scratch-path", str(top / scratch)]
    subprocess.run(command, check=True, stdout=sys.stderr)
    shown = subprocess.run([*command, "--show-bin-path"], check=True, capture_output=True, text=True)
    return str(Path(shown.stdout.strip()) / product)


def bench(steps, folder):
    done = subprocess.run([flow_bench, "retrieve", str(steps), str(folder)], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def disk(folder):
    """Bytes of the database, and of the tables of the recall index; None where SQLite cannot tell."""
    database = sqlite3.connect(f"file:{folder / 'memory.sqlite'}?mode=ro", uri=True)
    # What is still in the log counts as well.
    total = database.execute("PRAGMA page_count").fetchone()[0] * database.execute("PRAGMA page_size").fetchone()[0]
    try:
        sizes = dict(database.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"))
        index = sum(size for name, size in sizes.items() if name in INDEX)
    except sqlite3.OperationalError:
        index = None
    finally:
        database.close()
    return total, index


def whole_command(root, queries):
    cpu, wall, memory = [], [], 0
    for run in range(options.runs):
        command = [flowctl, "--root", str(root), "context", "--query", queries[run % len(queries)], "--budget", "4000"]
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall.append((time.perf_counter() - start) * 1e3)
        if process.returncode:
            sys.exit(f"flowctl context: exit {process.returncode}")
        cpu.append((usage.ru_utime + usage.ru_stime) * 1e3)
        memory = max(memory, usage.ru_maxrss)
    return min(cpu), statistics.median(cpu), min(wall), memory / 1024


def cell(value, before):
    return f"{value:,.1f}" if not before else f"{value:,.1f} ({value / before:.1f}x)"


def measure(root, steps):
    project = root / "bench"
    if not project.exists():
        subprocess.run([flowctl, "--root", str(root), "new", "bench"], check=True, stdout=subprocess.DEVNULL)
    filling = root / "fill.json"
    if not filling.exists():
        # An archive that a run before this one did not finish would be taken for whole.
        for left in project.glob("memory.sqlite*"):
            left.unlink()
        filling.write_text(json.dumps(bench(steps, project)))
    figures = json.loads(filling.read_text())
    figures["fill_peak_mb"] = figures["peak_rss_mb"]
    figures.update(bench(steps, project))
    figures["disk"], figures["index"] = disk(project)
    return figures


QUERIES = ["what did we say about doctors in 2024", "which instrument did Caroline talk about", "the last test run"]
COLUMNS = [
    ("retrieve p50", "retrieve_p50_ms"), ("p95", "retrieve_p95_ms"), ("CPU p95", "retrieve_cpu_p95_ms"),
    ("no long-term p95", "no_summaries_p95_ms"), ("recall only p95", "recall_p95_ms"),
    ("search p50", "search_p50_ms"), ("p95", "search_p95_ms"),
]

flow_bench = options.flow_bench or build("flow-bench", top / "Benchmarks", ".build-bench")
flowctl = str(Path(options.flowctl).resolve()) if options.flowctl else build("flowctl", top, ".build-release")
sizes = [int(size) for size in options.steps.split(",")] + ([1_000_000] if options.million else [])

with tempfile.TemporaryDirectory() as temporary:
    base = Path(options.folder or temporary).resolve()
    heads = ["steps", *(name for name, _ in COLUMNS), "RSS MB", "filled steps/s", "bytes/step", "index bytes/step"]
    print(f"| {' | '.join(heads)} |\n|{' ---: |' * len(heads)}")
    rows, before = [], {}
    for steps in sizes:
        root = base / str(steps)
        root.mkdir(parents=True, exist_ok=True)
        figures = measure(root, steps)
        cells = [f"{steps:,}"] + [cell(figures[key], before.get(key)) for _, key in COLUMNS]
        cells += [f"{figures['peak_rss_mb']:.0f}", f"{figures['steps_per_s']:,.0f}", f"{figures['disk'] / steps:,.0f}"]
        cells.append(f"{figures['index'] / steps:,.0f}" if figures["index"] is not None else "-")
        print(f"| {' | '.join(cells)} |", flush=True)
        rows.append((steps, *whole_command(root, QUERIES)))
        before = figures
    print("\n| flowctl context, steps | CPU min ms | CPU p50 ms | wall min ms | peak RSS MB |\n|" + " ---: |" * 5)
    for steps, *values in rows:
        print("| {:,} | {:.1f} | {:.1f} | {:.1f} | {:.1f} |".format(steps, *values))
