#!/bin/sh
# Fuzzes the JSON parser, writer and locator with libFuzzer and the address sanitizer.
# Usage: Scripts/fuzz_json.sh [SECONDS] [CORPUS_DIR]     (60 seconds, a fresh corpus)
# A failing input is left in the working directory as crash-*; run it again by
# FUZZ_INPUT=crash-... Scripts/fuzz_json.sh
set -eu

seconds=${1:-60}
sources=$(cd "$(dirname "$0")/../Sources/FlowCore/JSON" && pwd)
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
corpus=${2:-$build/corpus}
mkdir -p "$corpus"

printf '{"a":[1,-2.5e3,true,false,null,"\\ud83d\\ude00\\n\\u00e9"],"b":{}}' > "$corpus/seed1"
printf '\357\273\277[[{"k":"\303\251\302\205"}],0.10,1E+2]' > "$corpus/seed2"

cat > "$build/target.swift" <<'SWIFT'
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = UnsafeRawBufferPointer(start: start, count: count)
  do {
    let value = try JSONValue(parsing: bytes)
    for style in [JSONStyle.compact, .pretty, .document(inlineDepth: 1, lineWidth: 20)] {
      var text: [UInt8] = []
      value.write(to: &text, style: style)
      guard let again = try? JSONValue(parsing: text) else { preconditionFailure("unreadable: \(style)") }
      precondition(again == value && again.hashValue == value.hashValue, "changed: \(style)")
    }
    check(value, path: [], in: bytes, depth: 0)
  } catch {
    precondition((0...count).contains(error.offset) && error.line >= 1 && error.column >= 1)
    precondition(error.description.utf8.count < 400)
  }
  for path in [["a", 1], [0, "k"], []] as [[JSONPathElement]] {
    if let place = JSONValue.locate(path: path, in: bytes) { precondition(place.offset < count) }
  }
  return 0
}

/// Every part of a document must be found by its path.
func check(_ value: JSONValue, path: [JSONPathElement], in bytes: UnsafeRawBufferPointer, depth: Int) {
  guard let place = JSONValue.locate(path: path, in: bytes) else { preconditionFailure(path.jsonPath) }
  let isFirstByteRight =
    switch value {
    case .null: bytes[place.offset] == UInt8(ascii: "n")
    case .bool(let bool): bytes[place.offset] == UInt8(ascii: bool ? "t" : "f")
    case .number(let number): bytes[place.offset] == number.text.utf8.first
    case .string: bytes[place.offset] == UInt8(ascii: "\"")
    case .array: bytes[place.offset] == UInt8(ascii: "[")
    case .object: bytes[place.offset] == UInt8(ascii: "{")
    }
  precondition(isFirstByteRight, path.jsonPath)
  guard depth < 4 else { return }
  for (index, part) in (value.array ?? []).prefix(4).enumerated() {
    check(part, path: path + [.index(index)], in: bytes, depth: depth + 1)
  }
  for (key, part) in (value.object ?? [:]).prefix(4) {
    check(part, path: path + [.key(key)], in: bytes, depth: depth + 1)
  }
}
SWIFT

swiftc -O -parse-as-library -swift-version 6 -sanitize=fuzzer,address \
  "$build/target.swift" "$sources"/*.swift -o "$build/fuzz" 2> "$build/log" || {
  grep -v 'Cannot export local symbol' "$build/log" >&2
  exit 1
}
if [ -n "${FUZZ_INPUT:-}" ]; then
  "$build/fuzz" "$FUZZ_INPUT"
else
  "$build/fuzz" -max_total_time="$seconds" -max_len=512 -timeout=5 -print_final_stats=1 "$corpus"
fi
