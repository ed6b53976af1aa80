#!/usr/bin/env python3
"""What changes of a plan cost: with 10,000 tasks, with a history of 100,000 events, and beside the disk.

    plan.py --flowctl PATH [--bench PATH] [--folder DIR] [--tasks 10000] [--events 100000] [--rounds 200]

1. CPU milliseconds (user + system, least and median) of whole commands on a plan of so many tasks.
2. With flow-bench (--bench): in a process that lives, the median of a change with a history of so many events over that
   of one with a short history; and the median of adding a task over that of the three disk writes which its write order
   needs (append the event, fdatasync; temporary file, fsync; rename, fsync of the folder), measured in the same rounds
   on the same disk.
3. The median wall time of the whole command `flowctl add-task`, over the same writes.
"""
import argparse, hashlib, json, os, random, resource, statistics, subprocess, sys, tempfile, time
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--flowctl", required=True)
parser.add_argument("--bench")
parser.add_argument("--folder", help="where the projects lie meanwhile: the disk that is measured")
parser.add_argument("--tasks", type=int, default=10_000)
parser.add_argument("--events", type=int, default=100_000)
parser.add_argument("--rounds", type=int, default=200)
options = parser.parse_args()
FLOWCTL = str(Path(options.flowctl).resolve())


def run(root, *arguments):
    return subprocess.run([FLOWCTL, "--root", str(root), *arguments], check=True, capture_output=True, text=True).stdout


def cpu(root, arguments, runs=15):
    times, walls = [], []
    for run in range(runs):
        # {n} makes each run a change of its own.
        command = [argument.replace("{n}", str(run + 10)) for argument in arguments]
        start = time.perf_counter()
        process = subprocess.Popen([FLOWCTL, "--root", str(root), *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        walls.append((time.perf_counter() - start) * 1e3)
        if os.waitstatus_to_exitcode(status):
            sys.exit(f"{arguments}: failed")
        times.append((usage.ru_utime + usage.ru_stime) * 1e3)
    return min(times), statistics.median(times), statistics.median(walls)


def large_plan(home, count):
    """A plan of so many tasks, each with up to two dependencies on earlier ones."""
    rng = random.Random(1)
    tasks = [
        {"id": f"T{n:03}", "name": f"task number {n} of the plan", "status": rng.choice(["todo", "todo", "done", "doing"]),
         "deps": sorted({f"T{rng.randrange(max(1, n - 50), n):03}" for _ in range(rng.randrange(3))}) if n > 1 else [],
         "meta": {"priority": rng.randrange(4), "owner": "jun"}}
        for n in range(1, count + 1)]
    (home / "workflow.json").write_text(json.dumps({"project": home.name, "tasks": tasks}))


def long_history(home, count):
    """Events of a task that was changed again and again, behind those there are; the next change adopts the plan."""
    path = home / "workflow_history.json"
    events = json.loads(path.read_text())
    task = json.loads((home / "workflow.json").read_text())["tasks"][0]
    with path.open("w") as file:
        file.write("[\n" + ",\n".join(json.dumps(event, separators=(",", ":")) for event in events))
        last = events[-1]
        for seq in range(last["seq"] + 1, count):
            after = {**task, "status": ("doing", "todo")[seq % 2], "rev": task["rev"] + 1}
            event = {"seq": seq, "ts": last["ts"], "event": "update_task", "user": "bench", "revision": seq,
                     "sha256": hashlib.sha256(str(seq).encode()).hexdigest(),
                     "detail": {"before": {"tasks": [task]}, "after": {"tasks": [after]}}}
            file.write(",\n" + json.dumps(event, separators=(",", ":")))
            task = after
        file.write("\n]\n")


with tempfile.TemporaryDirectory(dir=options.folder) as folder:
    root = Path(folder) / "projects"
    run(root, "new", "large")
    large_plan(root / "large", options.tasks)
    run(root, "add-task", "the first change adopts the plan")
    size = (root / "large/workflow.json").stat().st_size
    print(f"{options.tasks} tasks, workflow.json {size / 1e6:.1f} MB{'':14} CPU min  CPU p50  wall p50")
    for number, arguments in enumerate([
            ["add-task", "one more"], ["task", "update", "T005", "--name", "name {n}"], ["done", "T0{n}"], ["status"],
            ["task", "list", "--ready"], ["task", "next"], ["task", "claim"], ["task", "show", "T005"], ["graph"],
            ["history"], ["rollback", "--to", "2", "--dry-run"], ["context", "--query", "task", "--budget", "2000"]]):
        print(f"  flowctl {' '.join(arguments)[:34]:36} {'{:8.1f} {:8.1f} {:9.1f}'.format(*cpu(root, arguments))}")
    for name in ("short", "long", "growing"):
        run(root, "new", name)
        run(root, "add-task", "a task")
    long_history(root / "long", options.events)
    run(root, "--project", "long", "add-task", "adopts the plan")
    run(root, "--project", "short", "add-task", "as many tasks")
    history = (root / "long/workflow_history.json").stat().st_size
    if options.bench:
        command = [options.bench, "plan", str(root), "growing", str(options.rounds), "short", "long"]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        short, long = (statistics.median(times) for times in found["changes_ms"])
        added, syncs = statistics.median(found["add_task_ms"]), statistics.median(found["syncs_ms"])
        print(f"\na change, p50 of {options.rounds}: history of {options.events} events ({history / 1e6:.0f} MB) {long:.2f} ms, "
              f"short history {short:.2f} ms, ratio {long / short:.2f}")
        print(f"adding a task in a process that lives, p50: {added:.2f} ms; its three syncs {syncs:.2f} ms, "
              f"ratio {added / syncs:.2f}")
        _, process_cpu, process_wall = cpu(root, ["--project", "short", "add-task", "one more"], 40)
        _, _, nothing = cpu(root, ["--version"], 40)
        print(f"flowctl add-task as a command, p50: {process_wall:.1f} ms wall, {process_cpu:.1f} ms CPU "
              f"(flowctl --version: {nothing:.1f} ms wall), ratio to the syncs {process_wall / syncs:.1f}")
    for name in ("short", "long"):
        print("{:48} CPU min {:.1f}, p50 {:.1f} ms".format(
            f"flowctl history --limit 5, {name} history", *cpu(root, ["--project", name, "history", "--limit", "5"])[:2]))
