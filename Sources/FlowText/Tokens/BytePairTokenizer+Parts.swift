extension BytePairTokenizer {
  /// Counts a long text part by part, and says after each how many bytes are done.
  ///
  /// Parts end where counts add up: behind a newline that is followed by a character which is neither white space
  /// nor "/". Both vocabularies' pre-tokenizers always cut there.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8; ill-formed bytes count as U+FFFD.
  ///   - partBytes: the least size of a part.
  public func count(
    utf8 bytes: UnsafeRawBufferPointer,
    partBytes: Int = 1 << 20,
    progress: (_ bytesDone: Int) -> Void
  ) -> Int {
    var count = 0
    var start = 0
    while start < bytes.count {
      let end = Self.border(in: bytes, from: start + max(1, partBytes))
      count += self.count(utf8: UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
      start = end
      progress(start)
    }
    return count
  }

  /// The first place from `position` on where the text may be cut, or its end.
  private static func border(in bytes: UnsafeRawBufferPointer, from position: Int) -> Int {
    var position = position
    while position < bytes.count {
      // Plain ASCII suffices: it is never white space of another script.
      let isPlain = (0x21...0x7E).contains(bytes[position]) && bytes[position] != UInt8(ascii: "/")
      if isPlain, bytes[position - 1] == UInt8(ascii: "\n") { return position }
      position += 1
    }
    return bytes.count
  }
}
