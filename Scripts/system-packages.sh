#!/bin/sh
# Installs the Debian packages that are named and missing; does nothing where all are there.
set -eu
missing=""
for package in "$@"; do
  if ! dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "ok installed"; then
    missing="$missing $package"
  fi
done
[ -n "$missing" ] || exit 0
if ! command -v apt-get >/dev/null; then
  echo "please install the equivalents of:$missing" >&2
  exit 1
fi
run=""
if [ "$(id -u)" -ne 0 ]; then run="sudo"; fi
echo "installing$missing"
$run apt-get update -q
# shellcheck disable=SC2086 # the names are words on purpose
DEBIAN_FRONTEND=noninteractive $run apt-get install -y -q --no-install-recommends $missing
