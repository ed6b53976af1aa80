#!/usr/bin/env python3
"""What of the facts in a conversation survives in its summaries, when the tree is five levels deep.

    survival.py --flowctl PATH [--levels 5] [--search 200] [--kinds] [--lost N] FILE...

Each FILE is a conversation of its own: steps as JSONL, or messages as `import --from openai` takes them (a name that
ends with .json). It is imported into a new project whose limits are so small that the tree gets at least so many
levels. The facts are the distinct identifiers that `flowctl identifiers` finds in the steps that left short-term
memory, compared as it compares them: of these, how many stand

    roots    in the bullets of the roots, which every prompt may show;
    tree     in the bullets of any level;
    expand   in what `flowctl expand` of a root prints, which must be all;
    search   in the steps that `flowctl search` finds for them, of so many that are spread over the file (--search).

Numbers and dates are counted apart from the rest. tokens: of the roots, of the steps under them, and their ratio.
--kinds adds a table by kind, --lost names so many of those that the roots do not tell. Exits with 1 where something
can neither be expanded nor found, or a tree is not as deep as it was to be.
"""
import argparse, json, subprocess, sys, tempfile
from collections import Counter
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--flowctl", required=True)
parser.add_argument("--levels", type=int, default=5)
parser.add_argument("--search", type=int, default=200, help="identifiers searched for in each file; 0 for none")
parser.add_argument("--tokens", type=int, default=2000, help="memory.shortTermTokens")
parser.add_argument("--summary-tokens", type=int, default=200, help="memory.summaryTokens")
parser.add_argument("--kinds", action="store_true")
parser.add_argument("--lost", type=int, default=0)
parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
options = parser.parse_args()
FLOWCTL = str(Path(options.flowctl).resolve())
KEEP = 2
PLACES = ("roots", "tree", "expand", "search", "reached")


class Project:
    """A project in a folder of its own, with limits of its own."""

    def __init__(self, folder, leaf, fanout):
        self.folder = Path(folder)
        memory = {"shortTermSteps": KEEP + leaf - 1, "keepSteps": KEEP, "shortTermTokens": options.tokens,
                  "summaryTokens": options.summary_tokens, "fanout": fanout}
        (self.folder / "config.json").write_text(json.dumps({"memory": memory}))
        self.data("new", "run")

    def data(self, *arguments):
        command, *rest = map(str, arguments)
        done = subprocess.run([FLOWCTL, command, "--json", *rest], cwd=self.folder, capture_output=True,
                              text=True, env={"PATH": "/usr/bin:/bin", "FLOW_ROOT": "projects"})
        answer = json.loads(done.stdout or "{}")
        if done.returncode:
            sys.exit(f"flowctl {' '.join(map(str, arguments))}: {answer.get('error', done.stderr)}")
        return answer["data"]

    def identifiers(self, texts, told=None):
        """The identifiers of each text; `told`: without those that stand in this one."""
        lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
        (self.folder / "texts.jsonl").write_text(lines)
        arguments = ["identifiers", "--jsonl", "texts.jsonl"]
        if told is not None:
            (self.folder / "told.txt").write_text(told)
            arguments += ["--not-in", "told.txt"]
        return self.data(*arguments)["lines"]


def key(identifier):
    return identifier["kind"], identifier["normal"]


def group(kind):
    return {"number": "numbers", "date": "dates"}.get(kind, "identifiers")


def imported(file, folder):
    """A project with the file's steps, whose tree has enough levels."""
    form = "openai" if file.suffix == ".json" else "jsonl"
    count = len(json.loads(file.read_text())) if form == "openai" else sum(map(bool, file.open()))
    # A tree of so many levels needs so many leaves, of a step more where a call and its result must not be parted;
    # the longest leaves and the widest fanout that still give them.
    def is_deep(leaf, fanout):
        return (leaf + 1) * fanout ** (options.levels - 1) <= count - leaf - KEEP

    leaf = next((leaf for leaf in (3, 2) if is_deep(leaf, 2)), 1)
    fanout = max((fanout for fanout in range(2, 65) if is_deep(leaf, fanout)), default=2)
    project = Project(folder, leaf, fanout)
    project.data("import", file.resolve(), "--from", form)
    return project


def measure(file):
    with tempfile.TemporaryDirectory() as folder:
        project = imported(file, folder)
        summaries = project.data("summaries", "--all")["summaries"]
        roots = project.data("summaries")["summaries"]
        last = max((root["steps"][1] for root in roots), default=0)
        steps = {step["id"]: step["content"] for step in project.data("steps", "--range", f"1-{max(1, last)}")["steps"]}

        def told(some):
            return "\n\n".join(bullet["text"] for summary in some for bullet in summary["bullets"])

        found, places = {}, {}
        for (number, text), identifiers in zip(steps.items(), project.identifiers(steps.values())):
            for identifier in identifiers:
                found.setdefault(key(identifier), (number, identifier))
                places.setdefault(key(identifier), set()).add(number)
        kept = {}
        for place, some in (("roots", roots), ("tree", summaries)):
            lost = {key(one) for line in project.identifiers(steps.values(), told(some)) for one in line}
            kept[place] = set(found) - lost
        expanded = {}
        for root in roots:
            for step in project.data("expand", root["summary"])["steps"]:
                expanded[step["id"]] = step["content"]
        kept["expand"] = {one for one, (number, _) in found.items() if expanded.get(number) == steps[number]}
        every = max(1, -(-len(found) // options.search)) if options.search else len(found) + 1
        asked = sorted(found)[::every] if options.search else []
        hits = {one: {hit["id"] for hit in project.data("search", "--", found[one][1]["text"])} for one in asked}
        kept["search"] = {one for one in asked if hits[one] & places[one]}
        kept["reached"] = kept["expand"] | kept["search"]
        tokens = [sum(root["tokens"][side] for root in roots) for side in ("out", "in")]
    return {"file": file.name, "steps": len(steps), "levels": 1 + max((s["level"] for s in summaries), default=-1),
            "tokens": tokens, "found": found, "asked": asked, "kept": kept}


def share(kept, all_of_them):
    return f"{100 * kept / all_of_them:5.1f} %" if all_of_them else "    –"


def row(name, steps, levels, counts, tokens):
    """counts: by place, by group, how many of how many."""
    cells = [f"{name:26}", f"{steps:6}", f"{levels:>3}"]
    for place in ("roots", "tree"):
        cells += [share(*counts[place][kind]) for kind in ("identifiers", "numbers", "dates")]
    for place in ("expand", "search", "reached"):
        cells.append(share(*map(sum, zip(*counts[place].values()))))
    cells += [f"{sum(all_of for _, all_of in counts['roots'].values()):6}", f"{tokens[0]:7}", f"{tokens[1]:8}",
              f"{100 * tokens[0] / max(1, tokens[1]):5.1f} %"]
    print("  ".join(cells), flush=True)


def counted(run):
    counts = {}
    for place in PLACES:
        of = run["asked"] if place == "search" else run["found"]
        counts[place] = {kind: (sum(one in run["kept"][place] for one in of if group(one[0]) == kind),
                                sum(group(one[0]) == kind for one in of))
                         for kind in ("identifiers", "numbers", "dates")}
    return counts


def added(all_counts):
    return {place: {kind: tuple(map(sum, zip(*(counts[place][kind] for counts in all_counts))))
                    for kind in ("identifiers", "numbers", "dates")} for place in PLACES}


print(f"{'':37}  {'in the roots':^23}  {'in any level':^23}  {'reached by':^23}")
print(f"{'conversation':26}   steps  lev      ids  numbers    dates      ids  numbers    dates   expand   search   either"
      "   facts    roots     steps  tokens")
runs, all_counts = [], []
for file in options.files:
    runs.append(measure(file))
    all_counts.append(counted(runs[-1]))
    row(runs[-1]["file"][:26], runs[-1]["steps"], runs[-1]["levels"], all_counts[-1], runs[-1]["tokens"])
if len(runs) > 1:
    row("all", sum(run["steps"] for run in runs), min(run["levels"] for run in runs), added(all_counts),
        [sum(run["tokens"][side] for run in runs) for side in (0, 1)])

if options.kinds:
    print(f"\n{'kind':10}  facts  in roots   in tree")
    facts, in_roots, in_tree = Counter(), Counter(), Counter()
    for run in runs:
        for one in run["found"]:
            facts[one[0]] += 1
            in_roots[one[0]] += one in run["kept"]["roots"]
            in_tree[one[0]] += one in run["kept"]["tree"]
    for kind, count in facts.most_common():
        print(f"{kind:10} {count:6}  {share(in_roots[kind], count):>8}  {share(in_tree[kind], count):>8}")

for run in runs if options.lost else []:
    lost = [found for one, found in run["found"].items() if one not in run["kept"]["roots"]]
    lost.sort(key=lambda found: -found[1]["weight"])
    print(f"\n{run['file']}, not in the roots:")
    for number, identifier in lost[:options.lost]:
        print(f"  s{number} {identifier['kind']}: {identifier['text'][:100]!r}")

unreached = [run["file"] for run in runs if len(run["kept"]["reached"]) < len(run["found"])]
shallow = [run["file"] for run in runs if run["levels"] < options.levels]
for names, problem in ((unreached, "not all can be reached"), (shallow, f"fewer than {options.levels} levels")):
    if names:
        print(f"{problem}: {', '.join(names)}", file=sys.stderr)
sys.exit(1 if unreached or shallow else 0)
