#!/usr/bin/env python3
"""Learns how much each feature of recall counts, and says how well that does on what it was not learnt from.

    learn_recall_weights.py DIR... --flowctl PATH --bench PATH [--budgets NAME=B,B]... [--folds 5] [--write] [--left-out]

Each DIR holds NAME.steps.jsonl (the format of `flowctl import`) and NAME.questions.jsonl ({"q", "evidence": [refs],
"category"}, the format of `flowctl eval`). The directories count alike, however many questions they hold.
--flowctl is a built flowctl, --bench a release build of Benchmarks/ (flow-bench); both are of this tree, so there is
no second implementation of the features that could differ. Needs numpy and scipy. No network.

What is learnt: weights w such that steps in the descending order of w·features, which include the logarithm of a
step's tokens, show all evidence of a question within few tokens. With v = w·x, and e the evidence step of the lowest v,
the tokens shown before and with e are T = sum of tokens · sigmoid(v - v_e), which is smooth in w. The loss of a question is
the mean over the budgets B of sigmoid((log T - log B) / 0.35), the chance that e falls behind the budget, and a tenth
of log T, which keeps hopeless questions from being given up; a small penalty on w² holds unused weights near 0.
L-BFGS finds the minimum; the features are few and the loss is nearly the same from every start.

--left-out also learns with each fold of the conversations left out in turn and runs the real assembly with those
weights on the conversations that were left out: these are the figures to quote. --write writes the weights learnt from
all of them to Sources/FlowMemory/Recall/RecallWeights+Learnt.swift.
"""
import argparse
import json
import math
import re
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "Sources/FlowMemory/Recall/RecallWeights+Learnt.swift"
FEATURES = ROOT / "Sources/FlowMemory/Recall/RecallFeature.swift"
DOCS = ROOT / "docs/recall.md"
BUDGETS = "1000,2000,4000,8000"
# A prompt's frame, a step's label, the width of the step from "fits" to "does not" in log tokens.
FRAME, LABEL, WIDTH = 60, 6, 0.35
PENALTY = 5e-5


class Question:
    def __init__(self, row, evidence, features, tokens):
        self.row, self.evidence, self.features, self.tokens = row, evidence, features, tokens


class Conversation:
    def __init__(self, path, budgets):
        self.path, self.name, self.set = path, path.name.removesuffix(".steps.jsonl"), path.parent.name
        self.questions_path = path.with_name(self.name + ".questions.jsonl")
        self.budgets, self.questions = budgets, []


def run(*command, **more):
    done = subprocess.run(command, capture_output=True, check=False, **more)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command[:6]))}: {done.stderr.decode(errors='replace')[:400]}")
    return done.stdout


def read(conversation, options, root):
    """Imports the steps and asks for the features of every question's candidates."""
    run(options.flowctl, "--root", root, "new", conversation.name)
    run(options.flowctl, "--root", root, "--project", conversation.name, "import", conversation.path)
    steps = run(options.flowctl, "--root", root, "--project", conversation.name, "export").decode().splitlines()
    ids = conversation.ids = {row["ref"]: row["id"] for row in map(json.loads, steps)}
    rows = conversation.rows = [json.loads(line) for line in open(conversation.questions_path, encoding="utf-8")]
    data = run(options.bench, "recall-features", root, conversation.name, conversation.questions_path)
    place = data.index(b"\n") + 1
    names = json.loads(data[:place])
    while place < len(data):
        number, count, width = struct.unpack_from("<iii", data, place)
        place += 12
        steps = np.frombuffer(data, "<i4", count, place)
        tokens = np.frombuffer(data, "<i4", count, place + 4 * count) + LABEL
        place += 8 * count
        features = np.frombuffer(data, "<f4", count * width, place).reshape(count, width)
        place += 4 * count * width
        row = rows[number]
        wanted = [ids[ref] for ref in row["evidence"]]
        if options.categories and str(row.get("category")) not in options.categories.split(","):
            if conversation.set in options.categorised:
                continue
        if number % options.every.get(conversation.set, 1):
            continue
        evidence = np.flatnonzero(np.isin(steps, wanted))
        if len(evidence) == len(wanted):
            conversation.questions.append(Question(number, evidence, np.array(features), tokens))
    return names


def loss(weights, conversations, shares):
    total, slope = PENALTY * float(weights @ weights), 2 * PENALTY * weights
    narrow = weights.astype(np.float32)
    for conversation in conversations:
        limits = np.log(np.array(conversation.budgets, float) - FRAME)
        share = shares[conversation.set]
        for question in conversation.questions:
            values = question.features @ narrow
            last = question.evidence[int(np.argmin(values[question.evidence]))]
            before = 1 / (1 + np.exp(-np.clip(values - values[last], -30, 30)))
            shown = question.tokens * before
            tokens = float(shown.sum()) + 1
            beyond = 1 / (1 + np.exp(-(math.log(tokens) - limits) / WIDTH))
            total += share * (float(beyond.mean()) + 0.1 * math.log(tokens))
            rise = shown * (1 - before)
            by_weight = rise @ question.features - rise.sum() * question.features[last]
            slope = slope + share * (float((beyond * (1 - beyond)).mean()) / WIDTH + 0.1) * by_weight / tokens
    return total, slope


def learn(names, conversations, rounds):
    counts = {}
    for conversation in conversations:
        counts[conversation.set] = counts.get(conversation.set, 0) + len(conversation.questions)
    shares = {name: 1 / count for name, count in counts.items()}
    start = np.zeros(len(names))
    for name, value in {"words": 3, "window": 3, "price_person": -3, "price_user": -4, "price_other": -4}.items():
        start[names.index(name)] = value
    return minimize(loss, start, (conversations, shares), jac=True, method="L-BFGS-B", options={"maxiter": rounds}).x


def folds(conversations, count):
    """Every fold gets conversations of every set."""
    seen, fold = {}, {}
    for conversation in conversations:
        place = seen.get(conversation.set, 0)
        fold[conversation.name], seen[conversation.set] = place % count, place + 1
    return fold


def score(conversation, weights, names, options, root):
    """The share of questions with all evidence in the prompt, by budget, by the real assembly."""
    told = json.dumps({name: float(value) for name, value in zip(names, weights)}) + "\n"
    budgets = ",".join(map(str, conversation.budgets))
    lines = run(options.bench, "recall-scores", root, conversation.name, conversation.questions_path, budgets,
                *(["defaults"] if options.defaults else []), input=told.encode()).decode().splitlines()
    result = []
    for line in lines:
        number, budget, shown = (line.split(" ") + [""])[:3]
        row = conversation.rows[int(number)]
        if conversation.set in options.categorised and str(row.get("category")) not in options.categories.split(","):
            continue
        have = {int(step) for step in shown.split(",") if step}
        result.append((int(budget), str(row.get("category")), all(conversation.ids[ref] in have for ref in row["evidence"])))
    return result


def show(results):
    for name, rows in sorted(results.items()):
        budgets = sorted({budget for budget, _, _ in rows})
        shares = [np.mean([hit for budget, _, hit in rows if budget == wanted]) * 100 for wanted in budgets]
        print(f"{name:12} " + "  ".join(f"{budget}: {share:5.1f}" for budget, share in zip(budgets, shares)))
        for category in sorted({category for _, category, _ in rows}):
            shares = [np.mean([hit for b, c, hit in rows if b == wanted and c == category]) * 100 for wanted in budgets]
            print(f"  {category:28} " + "  ".join(f"{share:5.1f}" for share in shares))


def case(name):
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def meanings():
    """What each case of RecallFeature is documented to be."""
    found, words = {}, []
    for line in FEATURES.read_text(encoding="utf-8").splitlines():
        if comment := re.match(r"\s*/// (.*)", line):
            words.append(comment[1])
        elif feature := re.match(r"\s*case (\w+)$", line):
            found[feature[1]], words = " ".join(words), []
        else:
            words = []
    return found


def write(names, weights):
    lines = "".join(f"    .{case(name)}: {value:.3f},\n" for name, value in zip(names, weights))
    TARGET.write_text(
        "// Written by Scripts/learn_recall_weights.py; docs/recall.md says how. Do not edit by hand.\n\n"
        f"extension RecallWeights {{\n  static let learnt = RecallWeights([\n{lines}  ])\n}}\n",
        encoding="utf-8",
    )
    told = meanings()
    rows = "".join(f"| `{name}` | {told[case(name)]} | {value:.1f} |\n" for name, value in zip(names, weights))
    head, rest = DOCS.read_text(encoding="utf-8").split("learn_recall_weights.py -->\n")
    table = f"| feature | what it is | weight |\n| --- | --- | ---: |\n{rows}"
    tail = rest[rest.index("<!-- end of features -->"):]
    DOCS.write_text(f"{head}learn_recall_weights.py -->\n{table}{tail}", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dirs", nargs="+", type=Path)
    parser.add_argument("--flowctl", required=True)
    parser.add_argument("--bench", required=True)
    parser.add_argument("--budgets", action="append", default=[], metavar="NAME=B,B", help="budgets of a directory")
    parser.add_argument("--every", action="append", default=[], metavar="NAME=N", help="learn from every Nth question")
    parser.add_argument("--categories", default="", help="with --categorised: the categories that count")
    parser.add_argument("--categorised", action="append", default=[], metavar="NAME")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=80)
    parser.add_argument("--without", default="", help="features that must not be used, with commas between")
    parser.add_argument("--left-out", action="store_true", help="measure on what was left out")
    parser.add_argument("--defaults", action="store_true", help="with --left-out: the shares as shipped")
    parser.add_argument("--write", action="store_true", help=f"write {TARGET.name}")
    options = parser.parse_args()
    options.every = {name: int(number) for name, number in (pair.split("=") for pair in options.every)}
    budgets = {name: [int(b) for b in text.split(",")] for name, text in (pair.split("=") for pair in options.budgets)}

    with tempfile.TemporaryDirectory() as root:
        conversations = [
            Conversation(path, budgets.get(folder.name, [int(b) for b in BUDGETS.split(",")]))
            for folder in options.dirs for path in sorted(folder.glob("*.steps.jsonl"))
        ]
        for place, conversation in enumerate(conversations):
            names = read(conversation, options, root)
            print(f"\rread {place + 1} of {len(conversations)}", end="", file=sys.stderr)
        print(file=sys.stderr)
        unused = [names.index(name) for name in options.without.split(",") if name]
        for conversation in conversations:
            for question in conversation.questions:
                question.features[:, unused] = 0
        if options.left_out:
            fold, results = folds(conversations, options.folds), {}
            for left in range(options.folds):
                weights = learn(names, [c for c in conversations if fold[c.name] != left], options.rounds)
                for conversation in conversations:
                    if fold[conversation.name] == left:
                        rows = score(conversation, weights, names, options, root)
                        results.setdefault(conversation.set, []).extend(rows)
                print(f"\rleft out {left + 1} of {options.folds}", end="", file=sys.stderr)
            print(file=sys.stderr)
            show(results)
        weights = learn(names, conversations, options.rounds)
        for name, value in sorted(zip(names, weights), key=lambda pair: -abs(pair[1])):
            print(f"{name:24} {value:7.3f}")
        if options.write:
            write(names, weights)


if __name__ == "__main__":
    main()
