// Swift's String equality is Unicode canonical equivalence: "é" as one scalar equals "e" and a
// combining accent. In JSON (RFC 8259 section 8.3) names are compared code unit by code unit, so
// the two are different keys, and folding them would lose data. Whatever JSON compares or hashes
// goes through these two functions, never through `==` of String.

extension String {
  /// Whether both strings are the same UTF-8 bytes.
  package func hasSameBytes(as other: String) -> Bool {
    guard utf8.count == other.utf8.count else { return false }
    return withRawBytes(of: utf8) { bytes in
      withRawBytes(of: other.utf8) { otherBytes in
        var offset = 0
        while offset + 8 <= bytes.count {
          guard UInt64(bytes, at: offset) == UInt64(otherBytes, at: offset) else { return false }
          offset += 8
        }
        while offset < bytes.count {
          guard bytes[offset] == otherBytes[offset] else { return false }
          offset += 1
        }
        return true
      }
    }
  }

  /// Feeds the UTF-8 bytes and an end mark to a hasher; agrees with `hasSameBytes(as:)`.
  func hashBytes(into hasher: inout Hasher) {
    withRawBytes(of: utf8) { hasher.combine(bytes: $0) }
    hasher.combine(0xFF as UInt8)
  }
}
