#!/usr/bin/env python3
"""A batch of summaries by a model: wall time against the ideal, connections, what kill -9 costs, and a limit of costs.

    upgrade.py --flowctl PATH [--leaves 200] [--delay-ms 200] [--jobs 1,4,16] [--kills 5]

The model is model_server.py: it answers after --delay-ms and counts the calls that are begun. The ideal is
leaves x delay / jobs, and the best that whole rounds allow is ceil(leaves / jobs) x delay. A kill loses at most what is
under way, so calls / needed is at most 1 + kills x jobs / leaves.
"""
import argparse, json, math, os, shutil, signal, subprocess, sys, tempfile, time, urllib.request
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--flowctl", required=True)
parser.add_argument("--leaves", type=int, default=200)
parser.add_argument("--delay-ms", type=float, default=200)
parser.add_argument("--jobs", default="1,4,16")
parser.add_argument("--kills", type=int, default=5)
options = parser.parse_args()
flowctl = str(Path(options.flowctl).resolve())
here = Path(__file__).resolve().parent
price = {"bench": {"input": 0.15, "output": 0.6}}


class Model:
    """A server of its own for each measurement, so that counts begin at nothing."""

    def __enter__(self):
        self.process = subprocess.Popen(
            [sys.executable, str(here / "model_server.py"), "--delay-ms", str(options.delay_ms)],
            stdout=subprocess.PIPE, text=True)
        self.base = self.process.stdout.readline().split()[1]
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def counts(self):
        return json.load(urllib.request.urlopen(self.base.removesuffix("/v1") + "/counts"))

    @property
    def environment(self):
        clean = {name: value for name, value in os.environ.items() if not name.startswith("FLOW_")}
        return clean | {"FLOW_LLM_BASE_URL": self.base, "FLOW_LLM_MODEL": "bench",
                        "FLOW_LLM_PRICES": json.dumps(price)}


def run(root, model, *arguments, check=True):
    done = subprocess.run([flowctl, "--root", str(root), *arguments], env=model.environment, capture_output=True,
                          text=True)
    if check and done.returncode:
        sys.exit(f"{arguments}: exit {done.returncode}: {done.stderr}{done.stdout[:500]}")
    return done.stdout


def upgraded(root, model):
    listed = json.loads(run(root, model, "summaries", "--all", "--json"))["data"]["summaries"]
    leaves = [summary for summary in listed if summary["level"] == 0]
    return sum(summary["by"] == "bench" for summary in leaves), len(leaves)


def prepare(folder):
    """A project with so many summaries of steps: the first leaves after 11 steps, and then one for 6 more each."""
    root = Path(folder) / "projects"
    steps = Path(folder) / "steps.jsonl"
    with steps.open("w") as file:
        for number in range(5 + 6 * options.leaves):
            content = (f"Step {number}: the job wrote /srv/out/part-{number}.csv with {number * 37 + 11} rows. " +
                       "We went over the plan again and looked at each of its parts in turn, as Mina had asked. " * 4)
            file.write(json.dumps({"role": "user", "content": content, "ref": f"r{number}"}) + "\n")
    with Model() as model:
        run(root, model, "new", "bench")
        run(root, model, "import", str(steps))
        assert upgraded(root, model) == (0, options.leaves), upgraded(root, model)
    return root


with tempfile.TemporaryDirectory() as temporary:
    fresh = prepare(temporary)
    copies = 0

    def copy():
        global copies
        copies += 1
        return shutil.copytree(fresh, Path(temporary) / f"copy{copies}" / "projects")

    print(f"{options.leaves} summaries, {options.delay_ms:g} ms a call\n")
    print("| jobs | wall s | ideal s | ratio | whole rounds s | ratio | client CPU s | calls | connections |")
    print("|" + " ---: |" * 9, flush=True)
    for jobs in map(int, options.jobs.split(",")):
        root = copy()
        with Model() as model:
            before = os.times()
            start = time.monotonic()
            run(root, model, "summarize", "--upgrade", "--jobs", str(jobs))
            wall = time.monotonic() - start
            after = os.times()
            cpu = after.children_user + after.children_system - before.children_user - before.children_system
            counts = model.counts()
            assert upgraded(root, model) == (options.leaves, options.leaves)
        ideal = options.leaves * options.delay_ms / 1000 / jobs
        rounds = math.ceil(options.leaves / jobs) * options.delay_ms / 1000
        print(f"| {jobs} | {wall:.2f} | {ideal:.2f} | {wall / ideal:.3f} | {rounds:.2f} | {wall / rounds:.3f} | {cpu:.2f} | "
              f"{counts['calls']} | {counts['connections']} |", flush=True)

    print(f"\n| jobs | kill -9 | calls | needed | ratio | at most | left undone | doctor |\n|" + " ---: |" * 8, flush=True)
    for jobs in [1, 2, *[int(jobs) for jobs in options.jobs.split(",") if int(jobs) > 2]]:
        root = copy()
        with Model() as model:
            whole = options.leaves * options.delay_ms / 1000 / jobs
            kills = 0
            for _ in range(options.kills):
                child = subprocess.Popen([flowctl, "--root", str(root), "summarize", "--upgrade", "--jobs", str(jobs)],
                                         env=model.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                time.sleep(0.3 + whole / (options.kills + 2))
                if child.poll() is None:
                    child.send_signal(signal.SIGKILL)
                    kills += 1
                child.wait()
            run(root, model, "summarize", "--upgrade", "--jobs", str(jobs))
            done, leaves = upgraded(root, model)
            counts = model.counts()
            doctor = run(root, model, "doctor").strip()
        ratio = counts["calls"] / leaves
        print(f"| {jobs} | {kills} | {counts['calls']} | {leaves} | {ratio:.3f} | {1 + kills * jobs / leaves:.3f} | "
              f"{leaves - done} | {doctor.split(': ')[-1]} |", flush=True)

    print("\n| --max-cost | jobs | spent by the receipt | spent by the server's count | made | left |\n|" + " ---: |" * 6, flush=True)
    for limit, jobs in [("0.01", 1), ("0.01", 16), ("0.02", 4)]:
        root = copy()
        with Model() as model:
            receipt = json.loads(run(root, model, "summarize", "--upgrade", "--jobs", str(jobs), "--max-cost", limit, "--json"))
            usage = model.counts()["usage"]
        counted = (usage["prompt_tokens"] * 0.15 + usage["completion_tokens"] * 0.6) / 1e6
        data = receipt["data"]
        spent = data["spent"]["cost_picodollars"] / 1e12
        assert spent <= float(limit) and counted <= float(limit), (spent, counted)
        project = data["projects"][0]
        print(f"| {limit} | {jobs} | {spent:.6f} | {counted:.6f} | {len(project['summaries'])} | {project['remaining']} |", flush=True)
