#!/bin/sh
# The main job on real input: import the sample project's transcript, ask for a prompt, explain it.
# usage: demo.sh FLOWCTL ROOT
set -eu
flowctl=$1
root=$2
question="인증서 자동 갱신은 왜 실패했고, 지금 무엇을 기다리고 있지?"

rm -rf "$root"
mkdir -p "$root"
cp -R projects/sample "$root/sample"

echo "$ flowctl switch sample"
"$flowctl" --root "$root" switch sample
echo
echo "$ flowctl import projects/sample/transcript.jsonl"
"$flowctl" --root "$root" import projects/sample/transcript.jsonl
echo
echo "$ flowctl status"
"$flowctl" --root "$root" status
echo
echo "$ flowctl context --budget 2000 --explain --query \"$question\""
# The explanation goes to standard error; here it follows the prompt.
"$flowctl" --root "$root" context --budget 2000 --explain --query "$question" 2>"$root/explanation"
echo
cat "$root/explanation"
rm -f "$root/explanation"
echo
echo "Try more: $flowctl --root $root --help"
