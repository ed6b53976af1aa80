#!/usr/bin/env python3
"""What a project goes through in its life, in a few minutes: many processes at once, kill -9, full and read-only disks,
torn files, a clock that jumps back, two roll-ups at once. Prints a table; exits with 1 if anything was lost or wrong.

    soak.py --flowctl PATH [--folder DIR] [--processes 8] [--operations 2000] [--kills 300] [--seed 1] [--only NAME]...

Whatever flowctl acknowledged (exit 0) is written down by the script itself, and compared with what stands in the
project afterwards. "refused" counts what ended in an error that says so, with an exit code of its own; nothing of it may
be there. Full and read-only disks need root, for a small tmpfs; without it they are said to be skipped. The clock needs
`faketime` (Debian's package of that name).
"""
import argparse, hashlib, json, multiprocessing, os, random, re, shutil, signal, subprocess, sys, tempfile, time
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--flowctl", required=True)
parser.add_argument("--folder", help="where the projects lie meanwhile; default: a temporary folder")
parser.add_argument("--processes", type=int, default=8)
parser.add_argument("--operations", type=int, default=2000)
parser.add_argument("--kills", type=int, default=300)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--only", action="append", default=[])
options = parser.parse_args()
FLOWCTL = str(Path(options.flowctl).resolve())
CODES = {64, 65, 66, 69, 73, 75, 78}
# Small limits, so that roll-ups happen all the time.
SMALL = {"memory": {"shortTermSteps": 6, "keepSteps": 2, "shortTermTokens": 400, "summaryTokens": 60}}
rows = []


class Project:
    """A project in a folder of its own."""

    def __init__(self, folder, config=None):
        self.folder = Path(folder)
        self.root = self.folder / "projects"
        self.home = self.root / "demo"
        self.folder.mkdir(parents=True, exist_ok=True)
        if config:
            (self.folder / "config.json").write_text(json.dumps(config))

    def start(self, *arguments, prefix=(), **more):
        environment = {**os.environ, "FLOW_USER": "soak", **more.pop("env", {})}
        return subprocess.Popen(
            [*prefix, FLOWCTL, "--root", str(self.root), "--json", *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, **more)

    def run(self, *arguments, text=b"", **more):
        process = self.start(*arguments, **more)
        output, errors = process.communicate(text)
        return Answer(process.returncode, output, errors)

    def ok(self, *arguments, **more):
        answer = self.run(*arguments, **more)
        if answer.code:
            sys.exit(f"{' '.join(arguments)}: exit {answer.code}: {answer.message}")
        return answer.data

    def tasks(self):
        return {task["id"]: task for task in self.ok("task", "list")["tasks"]}

    def steps(self):
        process = subprocess.run([FLOWCTL, "--root", str(self.root), "export"], capture_output=True, check=True)
        return [json.loads(line) for line in process.stdout.splitlines()]

    def state(self):
        """All that the project says, apart from how its files lie on the disk."""
        return [self.ok("task", "list"), self.steps(), self.ok("cache", "ls"), len(self.ok("history", "--limit", "1000000")["events"])]

    def faults(self):
        """What doctor finds, and what is wrong with the history that it would not see."""
        found = [f["problem"] for f in self.run("doctor").data["findings"] if f["error"]]
        events = json.loads((self.home / "workflow_history.json").read_bytes())
        if [event["seq"] for event in events] != list(range(1, len(events) + 1)):
            found.append("the history's numbers have gaps")
        return found


class Answer:
    def __init__(self, code, output, errors):
        self.code, self.errors = code, errors.decode(errors="replace")
        try:
            envelope = json.loads(output)
            self.data = envelope.get("data")
            self.message = envelope.get("error", {}).get("message", "")
        except ValueError:
            self.data, self.message = None, ""

    @property
    def is_refusal(self):
        return self.code in CODES and self.message != ""


def section(name, needs_root=False):
    def decorate(body):
        def run():
            if options.only and name not in options.only:
                return
            if needs_root and os.geteuid() != 0:
                rows.append((name, "skipped: needs root for a tmpfs", "", "", "", "", ""))
                return
            start = time.monotonic()
            print(f"{name} …", file=sys.stderr, flush=True)
            with tempfile.TemporaryDirectory(dir=options.folder) as folder:
                for row in body(folder):
                    rows.append((*row, f"{time.monotonic() - start:.0f} s"))
        sections.append(run)
        return run
    return decorate


sections = []


# Many processes at once

def worker(folder, number, seed, results):
    """Mixed operations; whoever owns a task, a key or a ref is the only one to change it."""
    project, rng = Project(folder), random.Random(seed)
    mine = {"tasks": {}, "gone": [], "steps": {}, "keys": {}, "claimed": [], "done": 0, "refused": 0, "odd": []}
    for count in range(options.operations):
        name = f"w{number}-{count}"
        own = list(mine["tasks"])
        kind = rng.choices(
            ["add", "update", "rm", "step", "set", "claim", "read"], [5, 28, 1, 26, 15, 3, 22])[0]
        if kind in ("update", "rm") and not own:
            kind = "add"
        if kind == "add":
            answer = project.run("add-task", name, *(["--id", "auto"] if rng.random() < 0.2 else []))
            if answer.code == 0:
                mine["tasks"][answer.data["id"]] = (name, "todo")
        elif kind == "update":
            task, status = rng.choice(own), rng.choice(["todo", "doing", "done", "blocked"])
            answer = project.run("task", "update", task, "--name", name, "--status", status)
            if answer.code == 0:
                mine["tasks"][task] = (name, status)
        elif kind == "rm":
            task = rng.choice(own)
            answer = project.run("task", "rm", task)
            if answer.code == 0:
                mine["gone"].append((task, mine["tasks"].pop(task)[0]))
        elif kind == "step":
            answer = project.run("add-step", f"{name} says {rng.random()}", "--ref", name)
            if answer.code == 0:
                mine["steps"][name] = answer.data["id"]
        elif kind == "set":
            key, value = f"w{number}-{rng.randrange(20)}", [name, "x" * rng.choice([1, 100, 9000])]
            answer = project.run("cache", "set", key, "-", text=json.dumps(value).encode())
            if answer.code == 0:
                mine["keys"][key] = value
        elif kind == "claim":
            answer = project.run("task", "claim", "--owner", "soak")
            if answer.code == 0:
                mine["claimed"].append(answer.data["id"])
            elif answer.code == 66:
                continue
        else:
            answer = project.run(*rng.choice([
                ["task", "list"], ["status"], ["task", "next"], ["history", "--limit", "5"],
                ["context", "--query", name, "--budget", "800"], ["steps", "--last", "3"], ["graph"]]))
            if answer.code == 66:
                continue
        if answer.code == 0:
            mine["done"] += 1
        elif answer.is_refusal:
            mine["refused"] += 1
        else:
            mine["odd"].append(f"{kind}: exit {answer.code}: {answer.message or answer.errors[:200]}")
    results.put(mine)


@section("processes")
def processes(folder):
    project = Project(folder, SMALL)
    project.ok("new", "demo")
    # What is claimed: tasks that nobody else touches.
    for number in range(200):
        project.ok("add-task", f"to claim {number}", "--id", f"claim-{number}", "--priority", "9")
    results = multiprocessing.Queue()
    workers = [
        multiprocessing.Process(target=worker, args=(folder, number, options.seed + number, results))
        for number in range(options.processes)]
    for process in workers:
        process.start()
    all_mine = [results.get() for _ in workers]
    for process in workers:
        process.join()
    tasks, steps = project.tasks(), {step.get("ref"): step for step in project.steps()}
    lost = wrong = 0
    claimed = [task for mine in all_mine for task in mine["claimed"] if task.startswith("claim-")]
    wrong += len(claimed) - len(set(claimed))
    # A task of a worker that was claimed by another is doing now.
    taken = {task for mine in all_mine for task in mine["claimed"]}
    for mine in all_mine:
        for task, (name, status) in mine["tasks"].items():
            if task not in tasks:
                lost += 1
            elif tasks[task]["name"] != name or (tasks[task]["status"] != status and task not in taken):
                wrong += 1
        # No counted id is given again, so none that is gone stands there under any name.
        wrong += sum(task in tasks for task, _ in mine["gone"])
        for ref, number in mine["steps"].items():
            if ref not in steps:
                lost += 1
            elif steps[ref]["id"] != number:
                wrong += 1
        for key, value in mine["keys"].items():
            found = project.run("cache", "get", key)
            if found.code:
                lost += 1
            elif found.data["value"] != value:
                wrong += 1
        for text in mine["odd"]:
            print("  " + text, file=sys.stderr)
    odd = sum(len(mine["odd"]) for mine in all_mine)
    faults = project.faults()
    for fault in faults:
        print("  doctor: " + fault, file=sys.stderr)
    done = sum(mine["done"] for mine in all_mine)
    yield ("processes", f"{options.processes} x {options.operations} mixed operations", done,
           sum(mine["refused"] for mine in all_mine), lost, wrong + odd + len(faults))


# kill -9

@section("kills")
def kills(folder):
    project, rng = Project(folder, {**SMALL, "backups": {"keep": 2}}), random.Random(options.seed)
    project.ok("new", "demo")
    for number in range(3):
        project.ok("add-task", f"task {number}")
    acknowledged = lost = unreadable = refused = 0
    tasks, steps, keys = dict.fromkeys(("T001", "T002", "T003")), {}, {}
    durations = {}
    kinds = ["add", "update", "step", "set", "blob", "rollback", "forget"]
    done = 0
    while done < options.kills:
        kind, name = rng.choice(kinds), f"k{done}"
        value = [name, "y" * (20_000 if kind == "blob" else 10)]
        if kind == "forget" and len(steps) < 3:
            kind = "step"
        target = rng.choice(sorted(tasks))
        victim = max(steps.values()) if kind == "forget" else None
        arguments = {
            "add": ["add-task", name], "update": ["task", "update", target, "--name", name],
            "step": ["add-step", f"{name} " + "words and more words " * rng.randrange(20), "--ref", name],
            "set": ["cache", "set", "key-" + name[-1], "-"], "blob": ["cache", "set", "key-" + name[-1], "-"],
            "rollback": ["rollback", "--to", "4"], "forget": ["forget", f"s{victim}", "--reason", "soak"],
        }[kind]
        start = time.monotonic()
        process = project.start(*arguments)
        # Calibrated by how long such a command takes when it is let be, every fifth time.
        is_let = kind not in durations or rng.random() < 0.1
        if not is_let:
            process.stdin.write(json.dumps(value).encode() if kind in ("set", "blob") else b"")
            process.stdin.close()
            time.sleep(rng.uniform(0, durations[kind] * 1.05))
            process.send_signal(signal.SIGKILL)
            output, errors = process.stdout.read(), process.stderr.read()
            process.wait()
            answer = Answer(process.returncode, output, errors)
            done += 1
        else:
            output, errors = process.communicate(json.dumps(value).encode() if kind in ("set", "blob") else b"")
            answer = Answer(process.returncode, output, errors)
            durations[kind] = time.monotonic() - start
        # What was printed whole was acknowledged, even if the process died right behind it.
        is_acknowledged = answer.data is not None
        acknowledged += is_acknowledged
        refused += answer.is_refusal
        if is_acknowledged:
            if kind == "add":
                tasks[answer.data["id"]] = name
            elif kind == "update":
                tasks[target] = name
            elif kind == "step":
                steps[name] = answer.data["id"]
            elif kind in ("set", "blob"):
                keys["key-" + name[-1]] = [value]
            elif kind == "forget":
                steps = {ref: number for ref, number in steps.items() if number != victim}
        elif kind in ("set", "blob"):
            # May have come to the disk before its process died; from now on either may stand there.
            keys.setdefault("key-" + name[-1], [None]).append(value)
        found = project.run("doctor")
        if found.data is None or any(f["error"] for f in found.data["findings"]):
            unreadable += 1
            print(f"  after {arguments[:2]}: {found.data or found.errors[:300]}", file=sys.stderr)
        now = project.tasks()
        if kind == "rollback":
            # Done or not done, never half.
            names = {task: now[task]["name"] for task in now}
            is_done = names == {f"T00{number + 1}": f"task {number}" for number in range(3)}
            is_as_before = all(names.get(task) == name for task, name in tasks.items() if name)
            lost += not (is_done or (is_as_before and not is_acknowledged))
            tasks = names
        for task, expected in tasks.items():
            if task not in now:
                lost += 1
                print(f"  {task} is lost after {arguments[:2]}", file=sys.stderr)
            elif expected and now[task]["name"] != expected and not (kind == "update" and task == target):
                lost += 1
                print(f"  {task} is {now[task]['name']}, not {expected}", file=sys.stderr)
        # A change that was not acknowledged may be there, whole.
        tasks = {task: now[task]["name"] for task in now}
        if done % 10 == 0:
            archived = {step.get("ref"): step["id"] for step in project.steps()}
            lost += sum(archived.get(ref) != number for ref, number in steps.items())
            for key, values in keys.items():
                got = project.run("cache", "get", key)
                if (got.data["value"] if got.code == 0 else None) not in values:
                    lost += 1
                    print(f"  result {key} is lost", file=sys.stderr)
    yield ("kills", f"{options.kills} x kill -9: tasks, steps, roll-ups, results, rollback, forget", acknowledged, refused,
           lost, unreadable)


# Disks

class SmallDisk:
    def __init__(self, folder, size="24m"):
        self.path = Path(folder) / "disk"
        self.path.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", self.path], check=True)

    def fill(self):
        with open(self.path / "filler", "ab", buffering=0) as file:
            for size in (1 << 20, 4096, 512, 1):
                try:
                    while True:
                        file.write(b"\0" * size)
                except OSError:
                    pass
        # Inodes and pages that are left in half-filled files cannot be had either.

    def free(self):
        (self.path / "filler").unlink()

    def read_only(self, yes):
        subprocess.run(["mount", "-o", "remount," + ("ro" if yes else "rw"), self.path], check=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run(["umount", "-l", self.path], check=True)


SITES = [
    ("a task", ["add-task", "one more " + "x" * 900], b""),
    ("a change of a task", ["done", "T001"], b""),
    ("a claim", ["task", "claim"], b""),
    ("a rollback", ["rollback", "--to", "2"], b""),
    ("a restore", ["restore"], b""),
    ("a step", ["add-step", "-"], b"long words " * 4000),
    ("a step that rolls up", ["add-step", "-"], b"and more words of it " * 3000),
    ("an import", ["import", "-"], b'{"role":"user","content":"' + b"imported words " * 3000 + b'"}\n'),
    ("a result", ["cache", "set", "new", "-"], b'"' + b"z" * 5000 + b'"'),
    ("a large result", ["cache", "set", "blob", "-"], b'"' + b"z" * 100_000 + b'"'),
    ("results cleared", ["cache", "clear"], b""),
    ("a pin", ["pin", "s1"], b""),
    ("a step forgotten", ["forget", "s2", "--reason", "soak"], b""),
    ("a new project", ["new", "other"], b""),
    ("another active project", ["switch", "second"], b""),
    ("a rename", ["rename", "second", "third"], b""),
    ("a project removed", ["rm", "second"], b""),
]


def disk_project(disk, name):
    project = Project(disk.path / name, SMALL)
    project.ok("new", "second")
    project.ok("new", "demo")
    for number in range(4):
        project.ok("add-task", f"task {number}")
    for number in range(8):
        project.ok("add-step", f"step {number} of the project, with some words to it")
    project.ok("cache", "set", "old", "1")
    project.ok("cache", "set", "old blob", "-", text=b'"' + b"q" * 20_000 + b'"')
    return project


def disk_rows(folder, name, close, reopen):
    refused = wrong = tried = 0
    with SmallDisk(folder) as disk:
        for number, (site, arguments, text) in enumerate(SITES):
            project = disk_project(disk, f"p{number}")
            before = project.state()
            close(disk)
            answer = project.run(*arguments, text=text)
            tried += 1
            # Steps may not be readable meanwhile: SQLite needs room beside the database for its readers.
            during = [project.run("task", "list").data, project.run("cache", "ls").data]
            reopen(disk)
            after = project.state()
            if answer.code == 0 and name == "full disk":
                # It fitted into pages that the files had already; then it must be there.
                if after == before and arguments[0] not in ("pin", "switch", "rename", "rm", "restore"):
                    wrong += 1
                    print(f"  {name}, {site}: acknowledged, and not there", file=sys.stderr)
            elif answer.code != 73 or not answer.is_refusal:
                wrong += 1
                print(f"  {name}, {site}: exit {answer.code}: {answer.message or answer.errors[:300]}", file=sys.stderr)
            else:
                refused += 1
                if after != before or during != [before[0], before[2]]:
                    wrong += 1
                    what = [a for a, b in zip(("tasks", "steps", "results", "history"), zip(before, after)) if b[0] != b[1]]
                    print(f"  {name}, {site}: changed {what}, or while it lasted {during != [before[0], before[2]]}", file=sys.stderr)
            again = project.run(*arguments, text=text)
            if again.code and not (answer.code == 0):
                wrong += 1
                print(f"  {name}, {site}: afterwards exit {again.code}: {again.message}", file=sys.stderr)
            if project.home.exists() and project.faults():
                wrong += 1
                print(f"  {name}, {site}: {project.faults()}", file=sys.stderr)
            shutil.rmtree(project.folder)
    yield (name, f"{tried} places that write", tried - refused, refused, 0, wrong)


@section("full disk", needs_root=True)
def full_disk(folder):
    yield from disk_rows(folder, "full disk", lambda disk: disk.fill(), lambda disk: disk.free())


@section("read-only", needs_root=True)
def read_only(folder):
    yield from disk_rows(folder, "read-only", lambda disk: disk.read_only(True), lambda disk: disk.read_only(False))


# Damage at the ends of files

@section("torn files")
def torn_files(folder):
    rng, tried, wrong, refused = random.Random(options.seed), 0, 0, 0
    project = Project(folder, SMALL)
    project.ok("new", "demo")
    for number in range(5):
        project.ok("add-task", f"task {number}")
    for number in range(12):
        project.ok("add-step", f"step {number} with a few words")
    project.ok("cache", "set", "key", '{"a": 1}')
    project.ok("cache", "set", "blob", "-", text=b'"' + b"b" * 20_000 + b'"')
    keep = project.folder / "keep"
    shutil.copytree(project.home, keep)
    before = project.state()
    files = ["workflow.json", "workflow_history.json", "cache/results_cache.json", "cache/memory_cache.md", "memory.sqlite",
             "cache/blobs/" + os.listdir(project.home / "cache/blobs")[0]]
    for name in files:
        whole = (keep / name).read_bytes()
        for damage in ["cut", "zeros", "half a line more", "zeros behind", "a copy of the end", "empty", "gone"]:
            shutil.rmtree(project.home)
            shutil.copytree(keep, project.home)
            cut = rng.randrange(max(1, len(whole) - 200), len(whole)) if len(whole) > 1 else 0
            torn = {"cut": whole[:cut], "zeros": whole[:cut] + bytes(len(whole) - cut),
                    "half a line more": whole + b',\n{"seq":', "zeros behind": whole + bytes(4096),
                    "a copy of the end": whole + whole[-100:], "empty": b"", "gone": None}[damage]
            path = project.home / name
            if torn is None:
                path.unlink()
            else:
                path.write_bytes(torn)
            tried += 1
            reads = [project.run(*what) for what in (
                ["task", "list"], ["status"], ["context", "--query", "step", "--budget", "600"], ["cache", "get", "key"],
                ["cache", "get", "blob"], ["history"], ["doctor"])]
            writes = [project.run(*what) for what in (
                ["add-task", "afterwards"], ["add-step", "afterwards"], ["cache", "set", "new", "2"])]
            for answer in reads + writes:
                if answer.code == 0:
                    continue
                if answer.is_refusal or (answer.code == 65 and answer.data is not None):
                    refused += 1
                else:
                    wrong += 1
                    print(f"  {name}, {damage}: exit {answer.code}: {answer.message or answer.errors[:300]}", file=sys.stderr)
            # Nobody may have taken a damaged file for an empty one, and written over what is left of it.
            if writes[0].code == 0 and len(project.tasks()) != 6:
                wrong += 1
                print(f"  {name}, {damage}: tasks are lost", file=sys.stderr)
            if writes[1].code == 0 and len(project.steps()) != 13:
                wrong += 1
                print(f"  {name}, {damage}: steps are lost", file=sys.stderr)
            if writes[2].code == 0 and name.startswith("cache/results") and damage not in ("gone",):
                if project.run("cache", "get", "key").code:
                    wrong += 1
                    print(f"  {name}, {damage}: results are lost", file=sys.stderr)
    shutil.rmtree(project.home)
    shutil.copytree(keep, project.home)
    wrong += project.state() != before
    yield ("torn files", f"{len(files)} files x 7 damages, 10 commands each", tried * 10 - refused, refused, 0, wrong)


# Time

@section("clock")
def clock(folder):
    faketime = shutil.which("faketime")
    if not faketime:
        yield ("clock", "skipped: faketime is not installed", "", "", "", "")
        return
    project, wrong = Project(folder, SMALL), 0
    at = lambda text: {"prefix": (faketime, "-f", text)}
    project.ok("new", "demo", **at("@2031-05-05 10:00:00"))
    for number in range(10):
        when = ["@2031-05-05 10:00:00", "@2029-01-01 00:00:00", "@2031-05-05 09:59:00", "@1999-12-31 23:59:59"][number % 4]
        project.ok("add-task", f"task {number}", **at(when))
        project.ok("add-step", f"step {number} of a day", **at(when))
        project.ok("cache", "set", f"key {number}", str(number), "--ttl", "3600", **at(when))
    claim = project.ok("task", "claim", "--lease", "60", **at("@2031-05-05 10:00:00"))["id"]
    # The clock jumps back: the lease still runs, and nobody else gets the task.
    other = project.ok("task", "claim", "--lease", "60", **at("@2029-01-01 00:00:00"))["id"]
    wrong += claim == other
    freed = project.ok("task", "show", claim, **at("@2031-05-05 10:01:01"))
    wrong += freed["status"] != "todo"
    events = project.ok("history", "--limit", "1000")["events"]
    wrong += [event["seq"] for event in events] != list(range(1, len(events) + 1))
    wrong += len(project.tasks()) != 10 or [step["id"] for step in project.steps()] != list(range(1, 11))
    since = project.ok("history", "--since", "2030-01-01")["events"]
    wrong += {event["seq"] for event in since} != {event["seq"] for event in events if event["ts"] >= "2030"}
    project.ok("context", "--query", "step 3", "--budget", "800", **at("@2001-01-01 00:00:00"))
    wrong += len(project.faults())
    yield ("clock", "32 changes, the clock between 1999 and 2031", 32, 0, 0, wrong)


# Roll-ups

def roller(folder, number):
    project = Project(folder)
    for count in range(60):
        project.ok("add-step", f"roller {number} at {count}: measured 1{count} ms for build-{count}", "--ref", f"r{number}-{count}")


@section("roll-ups")
def roll_ups(folder):
    project, count = Project(folder, SMALL), 4
    project.ok("new", "demo")
    rollers = [multiprocessing.Process(target=roller, args=(folder, number)) for number in range(count)]
    for process in rollers:
        process.start()
    for process in rollers:
        process.join()
    steps = project.steps()
    refs = {step["ref"] for step in steps}
    lost = sum(f"r{number}-{step}" not in refs for number in range(count) for step in range(60))
    text = (project.home / "cache/memory_cache.md").read_text()
    ranges = [(int(first), int(last)) for first, last in re.findall(r"<!-- flow m(\d+)-(\d+) ", text)]
    wrong = 0 if ranges and ranges[0][0] == 1 else 1
    wrong += sum(right[0] != left[1] + 1 for left, right in zip(ranges, ranges[1:]))
    wrong += [step["id"] for step in steps] != list(range(1, len(steps) + 1))
    wrong += len(project.faults())
    yield ("roll-ups", f"{count} processes x 60 steps, a roll-up each fourth step", len(steps), 0, lost, wrong)


if __name__ == "__main__":
    for run in sections:
        run()
    header = ("", "what", "done", "refused", "lost", "wrong", "time")
    table = [header] + [tuple(str(cell) for cell in row) for row in rows]
    widths = [max(len(row[column]) for row in table if len(row) > column) for column in range(7)]
    for row in table:
        cells = [cell.ljust(width) if index < 2 else cell.rjust(width) for index, (cell, width) in enumerate(zip(row, widths))]
        print("  ".join(cells).rstrip())
    sys.exit(any(isinstance(cell, int) and cell > 0 for row in rows for cell in row[4:6]))
