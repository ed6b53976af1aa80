/// The phrases of scripts whose words are not found by spaces, for the longest match at a place.
///
/// A bitmap of first characters turns nearly all places down at the cost of one load.
struct PhraseTable: Sendable {
  struct Entry: Sendable {
    let text: [UInt8]
    let classes: WordClass
    let value: Int
    /// Characters in the phrase.
    let count: Int
  }

  private var firsts = [UInt64](repeating: 0, count: 1024)
  private var entries: [UInt32: [Entry]] = [:]

  mutating func add(_ phrases: String, _ classes: WordClass, _ value: Int = 0) {
    for phrase in phrases.split(separator: " ") {
      guard let first = phrase.unicodeScalars.first?.value, first < 0x10000 else { continue }
      firsts[Int(first >> 6)] |= 1 << UInt64(first & 63)
      let count = phrase.unicodeScalars.count
      let entry = Entry(text: Array(phrase.utf8), classes: classes, value: value, count: count)
      var list = entries[first, default: []]
      let place = list.firstIndex { $0.text.count < entry.text.count } ?? list.endIndex
      list.insert(entry, at: place)
      entries[first] = list
    }
  }

  /// The longest phrase at `start` that `isTaken` accepts.
  @inline(__always)
  func match(
    _ bytes: UnsafeBufferPointer<UInt8>,
    at start: Int,
    first: Unicode.Scalar,
    where isTaken: (Entry) -> Bool
  ) -> Entry? {
    guard first.value < 0x10000, firsts[Int(first.value >> 6)] >> UInt64(first.value & 63) & 1 != 0 else {
      return nil
    }
    return longest(bytes, at: start, first: first, where: isTaken)
  }

  private func longest(
    _ bytes: UnsafeBufferPointer<UInt8>,
    at start: Int,
    first: Unicode.Scalar,
    where isTaken: (Entry) -> Bool
  ) -> Entry? {
    guard let list = entries[first.value] else { return nil }
    for entry in list where start + entry.text.count <= bytes.count {
      var offset = 0
      while offset < entry.text.count, bytes[start + offset] == entry.text[offset] { offset += 1 }
      if offset == entry.text.count, isTaken(entry) { return entry }
    }
    return nil
  }
}
