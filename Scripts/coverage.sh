#!/bin/sh
# Prints how much of Sources the last test run covered, and fails under the floor.
# usage: coverage.sh [--files]
set -eu
floor=80
json=$(swift test --show-codecov-path)
[ -f "$json" ] || { echo "no coverage data; run \`make test\` first" >&2; exit 1; }
python3 - "$json" "$floor" "${1:-}" <<'PY'
import json, os, sys

path, floor, mode = sys.argv[1], float(sys.argv[2]), sys.argv[3]
sources = os.path.join(os.getcwd(), "Sources") + os.sep
modules = {}
rows = []
for file in json.load(open(path))["data"][0]["files"]:
    if not file["filename"].startswith(sources):
        continue
    name = file["filename"][len(sources):]
    lines = file["summary"]["lines"]
    rows.append((name, lines["covered"], lines["count"]))
    module = modules.setdefault(name.split(os.sep)[0], [0, 0])
    module[0] += lines["covered"]
    module[1] += lines["count"]
shown = sorted(rows) if mode == "--files" else [(name, *counts) for name, counts in sorted(modules.items())]
for name, covered, count in shown:
    print(f"{100 * covered / max(1, count):6.1f} %  {count:6} lines  {name}")
covered, count = sum(r[1] for r in rows), sum(r[2] for r in rows)
share = 100 * covered / max(1, count)
print(f"{share:6.1f} %  {count:6} lines  Sources")
if share < floor:
    sys.exit(f"coverage of Sources is {share:.1f} %, under the floor of {floor:.0f} %")
PY
