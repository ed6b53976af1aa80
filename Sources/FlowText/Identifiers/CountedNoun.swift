/// The noun that a number counts: "bad rows" behind 1,204.
struct CountedNoun {
  /// The last word.
  let head: String
  let end: Int

  /// Reads one or two words in small letters of which the last is a plural.
  init?(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
    var index = start
    for _ in 0..<2 {
      let first = index
      while ASCII.isLower(bytes.byte(at: index)), index - first < 24 { index += 1 }
      let word = first..<index
      guard word.count > 2, !ASCII.isAlphanumeric(bytes.byte(at: index)), bytes.byte(at: index) != 0x5F,
        bytes.byte(at: index) != UInt8(ascii: "="),
        !StopWords.contains(Array(bytes[word]))
      else { return nil }
      if Self.isPlural(bytes, word) {
        head = String(decoding: bytes[word], as: UTF8.self)
        end = index
        return
      }
      guard bytes.byte(at: index) == 0x20 else { return nil }
      index += 1
    }
    return nil
  }

  private static func isPlural(_ bytes: UnsafeBufferPointer<UInt8>, _ word: Range<Int>) -> Bool {
    if bytes[word.upperBound - 1] == UInt8(ascii: "s") {
      return word.count > 3 && !"sui".utf8.contains(bytes[word.upperBound - 2])
    }
    return irregular.contains { bytes[word].elementsEqual($0.utf8) }
  }

  private static let irregular = [
    "people", "children", "men", "women", "teeth", "feet", "mice", "passed", "failed",
  ]
}
