#!/usr/bin/env python3
"""Summaries without a model: Flow beside lead, sumy's and summa's TextRank and a greedy cover, in one run.

    swift build -c release --product flowctl
    pip install sumy summa rouge-score PyStemmer tiktoken
    python3 Benchmarks/summaries.py --flow .build/release/flowctl --data DATA --vocab VOCAB --peers PEERS

DATA holds summaries/{locomo,qmsum,dialogsum}.jsonl ({"id", "text", "refs", "questions"}) and
recall/korquad/*.{steps,questions}.jsonl; VOCAB is the folder with
o200k_base.tiktoken (set TIKTOKEN_CACHE_DIR too where tiktoken cannot fetch its own); PEERS has reference_summary.py,
which has the other summarizers. Every summarizer gets the same text and the same budget in tokens and runs in one process for all texts.

Quality: LoCoMo sessions at 15 %: the share of questions whose answer is still there (all of its stems; on average), for
conversations of even and odd number; QMSum at 2 % and DialogSum at 25 %: ROUGE-1/2/L F1 beside the human summaries;
KorQuAD paragraphs at 20 %: the share of answers that are still there, verbatim. `over` counts summaries above the budget.
Speed: sentences for a CPU second on talk at 2,000, 10,000 and 20,000 sentences, start-up subtracted, best of three.
"""

import argparse
import functools
import glob
import json
import os
import re
import resource
import statistics
import subprocess
import sys

STOP = set("a an and are as at be but by for if in into is it no not of on or such that the their then there these they "
           "this to was will with i you he she we my your his her our its do did does have has had am were".split())


def read(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


class Metrics:
    def __init__(self, vocab):
        import Stemmer
        import tiktoken
        from rouge_score import rouge_scorer
        from tiktoken.load import load_tiktoken_bpe
        from tiktoken_ext import openai_public

        load = openai_public.load_tiktoken_bpe
        openai_public.load_tiktoken_bpe = lambda *a, **k: load_tiktoken_bpe(os.path.join(vocab, "o200k_base.tiktoken"))
        self.encoding = tiktoken.Encoding(**openai_public.o200k_base())
        openai_public.load_tiktoken_bpe = load
        self.stem = functools.lru_cache(None)(Stemmer.Stemmer("english").stemWord)
        self.rouge = rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=True)

    def encode(self, text):
        return self.encoding.encode(text, disallowed_special=())

    def tokens(self, text):
        return len(self.encode(text))

    def cut(self, text, budget):
        ids = self.encode(text.strip())
        return text if len(ids) <= budget else self.encoding.decode(ids[:budget])

    def keys(self, text):
        words = re.findall(r"[^\W_]+", text.lower().replace("'s", ""))
        return {self.stem(word) for word in words if word not in STOP}


def run(command, documents, environment=None):
    """The summaries of all documents, and the CPU seconds of the process."""
    lines = "".join(json.dumps({"text": text, "budget": budget}) + "\n" for text, budget in documents)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    output = subprocess.run(
        command, input=lines, text=True, capture_output=True, check=True, env={**os.environ, **(environment or {})}
    ).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return [json.loads(line)["summary"] for line in output.splitlines()], cpu


def share(values):
    return round(100 * statistics.fmean(values), 1) if values else None


def locomo(summarize, metrics, data):
    documents = read(f"{data}/summaries/locomo.jsonl")
    budgets = [int(0.15 * metrics.tokens(d["text"])) for d in documents]
    conversations = sorted({d["id"].split("-")[1] for d in documents}, key=int)
    kept, means, over = ([], []), [], 0
    for document, budget, summary in zip(documents, budgets, summarize([(d["text"], b) for d, b in zip(documents, budgets)])):
        over += metrics.tokens(summary.strip()) > budget
        source, left = metrics.keys(document["text"]), metrics.keys(metrics.cut(summary, budget))
        half = conversations.index(document["id"].split("-")[1]) % 2
        for question in document["questions"]:
            answer = metrics.keys(question["answer"])
            if answer and answer <= source:
                kept[half].append(answer <= left)
                means.append(len(answer & left) / len(answer))
    return {"answers": share(kept[0] + kept[1]), "even": share(kept[0]), "odd": share(kept[1]),
            "mean": share(means), "over": over}


def rouge(name, part, summarize, metrics, data):
    documents = [d for d in read(f"{data}/summaries/{name}.jsonl") if d["refs"]]
    budgets = [int(part * metrics.tokens(d["text"])) for d in documents]
    scores = []
    for document, budget, summary in zip(documents, budgets, summarize([(d["text"], b) for d, b in zip(documents, budgets)])):
        each = [metrics.rouge.score(ref, metrics.cut(summary, budget)) for ref in document["refs"]]
        scores.append([max(score[kind].fmeasure for score in each) for kind in ("rouge1", "rouge2", "rougeL")])
    return "/".join(str(share(column)) for column in zip(*scores))


def korquad(summarize, metrics, data):
    paragraphs, questions = {}, []
    for path in sorted(glob.glob(f"{data}/recall/korquad/*.steps.jsonl")):
        def key(ref):
            return (path, *ref.split(".")[:2])

        for step in read(path):
            paragraphs.setdefault(key(step["ref"]), []).append(step["content"])
        questions += [(key(q["evidence"][0]), q["answer"]) for q in read(path.replace("steps", "questions"))]
    texts = {name: "\n".join(sentences) for name, sentences in paragraphs.items()}
    budgets = [int(0.2 * metrics.tokens(text)) for text in texts.values()]
    summaries = dict(zip(texts, summarize(list(zip(texts.values(), budgets)))))
    return share([answer in summaries[name] for name, answer in questions if answer in texts[name]])


def sentences_of(data):
    """Sentences of talk, each with its speaker."""
    for name in ("qmsum", "locomo"):
        for document in read(f"{data}/summaries/{name}.jsonl"):
            for line in document["text"].split("\n"):
                label = re.match(r"[^:\n]{1,40}: ", line)
                label = label[0] if label else ""
                for sentence in re.split(r"(?<=[.!?]) +", line[len(label):]):
                    if len(sentence) > 12:
                        yield label + sentence


def speed(command, environment, data, count, times, available):
    start = min(run(command, [("a b c d.", 10)], environment)[1] for _ in range(3))
    documents = []
    for number in range(times):
        lines = [available[(number * count + i) % len(available)] for i in range(count)]
        documents.append(("\n".join(lines), int(sum(map(len, lines)) * 0.15 / 4.3)))
    cpu = min(run(command, documents, environment)[1] for _ in range(3)) - start
    return round(count * times / cpu)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("flow", "data", "vocab", "peers"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--only", help="summarizers, with commas between")
    parser.add_argument("--no-speed", action="store_true")
    arguments = parser.parse_args()
    metrics = Metrics(arguments.vocab)
    peer = [sys.executable, os.path.join(arguments.peers, "reference_summary.py")]
    # The peers let tiktoken look for its file by the hash of the address that it is published at.
    environment = {"PYTHONPATH": arguments.peers}
    commands = {"flow": [arguments.flow, "summarize-text", "--jsonl", "-"]}
    commands.update({name: peer + [name] for name in ("lead", "cover", "sumy-TextRank", "summa")})
    available = list(sentences_of(arguments.data))
    print("summarizer | LoCoMo answers (even/odd), mean, over | QMSum R1/2/L | DialogSum R1/2/L | KorQuAD | "
          "sentences/s at 2k, 10k, 20k")
    for name, command in commands.items():
        if arguments.only and name not in arguments.only.split(","):
            continue

        def summarize(documents):
            return run(command, documents, environment)[0]

        talk = locomo(summarize, metrics, arguments.data)
        row = [name, f"{talk['answers']} ({talk['even']}/{talk['odd']}), {talk['mean']}, {talk['over']}",
               rouge("qmsum", 0.02, summarize, metrics, arguments.data),
               rouge("dialogsum", 0.25, summarize, metrics, arguments.data),
               str(korquad(summarize, metrics, arguments.data))]
        if not arguments.no_speed:
            # The graphs of sumy and summa grow with the square of the sentences: one size is enough to see.
            sizes = [(2000, 1)] if name.startswith("sum") else [(2000, 20), (10000, 6), (20000, 3)]
            row.append(", ".join(f"{speed(command, environment, arguments.data, n, k, available):,}" for n, k in sizes))
        print(" | ".join(row), flush=True)


if __name__ == "__main__":
    main()
