#!/usr/bin/env python3
"""Token counting: Flow beside the other counters, in one run, on one core.

    swift build -c release --package-path Benchmarks --scratch-path .build-bench
    pip install tiktoken toktok-rs gigatoken
    python3 Benchmarks/tokens.py --flow .build-bench/release/flow-bench --vocab VOCAB CORPUS

CORPUS is a folder of .txt files in UTF-8; VOCAB holds o200k_base.tiktoken and cl100k_base.tiktoken
(tiktoken itself finds its files by TIKTOKEN_CACHE_DIR). Every figure is megabytes for a CPU second on
the FIRST pass over text that the process has not met, in documents of 4,000 characters; files whose name
begins with path_ are one document. Each round starts every counter in a fresh process, in turn, so that
a busy machine is busy for all; the figure is the median of the rounds, and ratios are the medians of the
ratios within a round. Counters that disagree with tiktoken are marked.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

MIXED = ("prose_en", "code_py", "ko", "json", "logs")
PATHOLOGICAL = "path_"


def counter(engine: str, encoding: str, vocab: str):
    """The counting function of another counter."""
    if engine == "tiktoken":
        import tiktoken

        encode = tiktoken.get_encoding(encoding).encode_ordinary
        return lambda text: len(encode(text))
    if engine == "toktok-rs":
        import toktok

        return toktok._encoding(encoding).count
    if engine == "gigatoken":
        import gigatoken

        encode = gigatoken.Tokenizer.from_tiktoken(f"{vocab}/{encoding}.tiktoken").encode
        return lambda text: len(encode(text))
    sys.exit(f"unknown counter {engine}")


def work(engine: str, encoding: str, vocab: str, characters: int, files: list[str]) -> None:
    """Runs in a process of its own: what `flow-bench passes` does, for another counter."""
    count = counter(engine, encoding, vocab)
    count("hello")
    documents = []
    for file in files:
        text = pathlib.Path(file).read_bytes().decode()
        step = characters or len(text)
        documents += [text[i : i + step] for i in range(0, len(text), step)]
    seconds, tokens = [], 0
    for _ in range(2):
        start = time.process_time()
        tokens = sum(count(document) for document in documents)
        seconds.append(time.process_time() - start)
    size = sum(len(document.encode()) for document in documents)
    print(json.dumps({"bytes": size, "tokens": tokens, "first_s": seconds[0], "second_s": seconds[1]}))


def measure(engine: str, options, characters: int, files: list[str]) -> dict | None:
    if engine == "flow":
        command = [options.flow, "passes", options.encoding, str(characters), *files]
    else:
        command = [sys.executable, __file__, "--worker", engine, "--encoding", options.encoding,
                   "--vocab", options.vocab, "--characters", str(characters), *files]
    environment = dict(os.environ, RAYON_NUM_THREADS="1", RUST_BACKTRACE="0")
    try:
        done = subprocess.run(["taskset", "-c", options.core, *command], capture_output=True, text=True,
                              env=environment, timeout=300)
    except subprocess.TimeoutExpired:
        return None
    return json.loads(done.stdout) if done.returncode == 0 else None


def row(name: str, engines: list[str], options, characters: int, files: list[str]) -> None:
    first = {engine: [] for engine in engines}
    second = {engine: [] for engine in engines}
    tokens = {}
    for _ in range(options.rounds):
        for engine in list(first):
            result = measure(engine, options, characters, files)
            if result is None:
                del first[engine]
                continue
            tokens[engine] = result["tokens"]
            first[engine].append(result["bytes"] / result["first_s"] / 1e6)
            second[engine].append(result["bytes"] / result["second_s"] / 1e6)
    cells = []
    for engine in engines:
        if engine not in first:
            cells.append("fails")
            continue
        cell = f"{statistics.median(first[engine]):.1f}"
        if engine == "flow" and name == "mixed":
            cell += f" (again {statistics.median(second[engine]):.1f})"
        if "tiktoken" in tokens and tokens[engine] != tokens["tiktoken"]:
            cell += " (inexact)"
        cells.append(cell)
    ratios = []
    for engine in engines:
        if engine != "flow" and engine in first and "flow" in first:
            ratio = statistics.median(a / b for a, b in zip(first["flow"], first[engine]))
            ratios.append(f"{ratio:.2f} x {engine}")
    print(f"| {name} | {' | '.join(cells)} | {', '.join(ratios)} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--encoding", default="o200k_base")
    parser.add_argument("--vocab", default=".")
    parser.add_argument("--flow", default=".build-bench/release/flow-bench")
    parser.add_argument("--engines", default="flow,tiktoken,toktok-rs,gigatoken")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--core", default="1")
    parser.add_argument("--characters", type=int, default=4000)
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    parser.add_argument("corpus", nargs="+")
    options = parser.parse_args()
    if options.worker:
        work(options.worker, options.encoding, options.vocab, options.characters, options.corpus)
        return
    corpus = pathlib.Path(options.corpus[0])
    engines = options.engines.split(",")
    print(f"{options.encoding}, MB for a CPU second, first pass, median of {options.rounds} rounds\n")
    print(f"| text | {' | '.join(engines)} | Flow is |\n|{' --- |' * (len(engines) + 2)}")
    mixed = [str(corpus / f"{name}.txt") for name in MIXED]
    row("mixed", engines, options, options.characters, [file for file in mixed if os.path.exists(file)])
    for file in sorted(corpus.glob("*.txt")):
        characters = 0 if file.stem.startswith(PATHOLOGICAL) else options.characters
        row(file.stem, engines, options, characters, [str(file)])


main()
