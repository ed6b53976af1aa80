import FlowCore

/// A step's terms as the tail of the recall index keeps them: for each the length of its UTF-8, the UTF-8, the
/// weight.
enum TailCodec {
  static func encode(_ terms: [TermWeight]) -> [UInt8] {
    var bytes: [UInt8] = []
    for term in terms {
      bytes.append(leb128: term.term.utf8.count)
      bytes.append(contentsOf: term.term.utf8)
      bytes.append(term.weight)
    }
    return bytes
  }

  /// Calls `body` with each term's place and weight; says whether the bytes were sound.
  static func forEach(in bytes: UnsafeRawBufferPointer, _ body: (Range<Int>, UInt8) -> Void) -> Bool {
    var reader = LEB128Reader(bytes)
    while !reader.isAtEnd {
      guard let length = reader.number(), let term = reader.skip(length), let weight = reader.byte()
      else { return false }
      body(term, weight)
    }
    return true
  }
}
