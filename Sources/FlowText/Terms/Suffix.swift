/// A lowercase ASCII ending of at most eight bytes, packed so that a test is one comparison.
///
/// The last byte of the ending is the lowest byte of `bits`; `StemmingWord.tail` packs the end of a
/// word the same way.
struct Suffix: Sendable {
  let bits: UInt64
  let mask: UInt64
  let length: Int

  init(_ text: StaticString) {
    let bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    precondition(!bytes.isEmpty && bytes.count <= 8, "an ending has one to eight bytes")
    bits = bytes.reduce(0) { $0 << 8 | UInt64($1) }
    mask = UInt64.max >> UInt64(64 - 8 * bytes.count)
    length = bytes.count
  }

  func matches(_ tail: UInt64) -> Bool { tail & mask == bits }
}

/// An ending, what stands in its place, and the bytes that must come before it.
struct SuffixRule: Sendable {
  let suffix: Suffix
  let replacement: [UInt8]
  let predecessors: [UInt8]

  init(_ suffix: StaticString, _ replacement: String, after predecessors: String = "") {
    self.suffix = Suffix(suffix)
    self.replacement = Array(replacement.utf8)
    self.predecessors = Array(predecessors.utf8)
  }
}
