#!/bin/sh
# Rules of the house that neither the compiler nor swift-format checks. Prints what breaks one; exits 1 then.
set -u
status=0
complain() {
  if [ -n "$2" ]; then
    printf '%s\n%s\n' "$1" "$2" >&2
    status=1
  fi
}

sources=$(find Sources -name '*.swift')
complain "longer than 450 lines: give the second reason to exist a file of its own" \
  "$(wc -l $sources | awk '$2 != "total" && $1 > 450')"
complain "tests longer than 600 lines" \
  "$(find Tests -name '*.swift' ! -name '*Fixture*' -exec wc -l {} + | awk '$2 != "total" && $1 > 600')"
complain "what input can cause must be an error, not a crash" \
  "$(grep -nE '\btry!|\bfatalError\(|\bas! ' $sources)"
complain "libraries do not print" \
  "$(grep -nE '^[^/]*\bprint\(' $sources | grep -vE '^Sources/(FlowCommands|flowctl)/')"
complain "unchecked concurrency needs a comment that proves it, on the line above" \
  "$(awk 'FNR==1{prev=""} /@unchecked Sendable|nonisolated\(unsafe\)/ && $0 !~ /\/\// && prev !~ /\/\// {print FILENAME":"FNR": "$0} {prev=$0}' $sources)"
complain "unfinished work belongs into an issue" \
  "$(grep -nE '\b(TODO|FIXME|XXX)\b' $sources)"
complain "only FlowStore knows SQLite" \
  "$(grep -nE '^(public |package )?import GRDB' $sources | grep -v '^Sources/FlowStore/')"

echo "largest files:"
wc -l $sources | sort -rn | sed -n '2,6p'
exit $status
