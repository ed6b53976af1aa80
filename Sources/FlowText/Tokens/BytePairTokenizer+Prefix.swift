// The longest prefix that fits a number of tokens.
//
// Problem: the count of a prefix is not the sum of the counts of what it is made of. Cutting inside a
// piece can change how the piece is merged and where it is cut from its neighbours, and a longer
// prefix may have fewer tokens ("throug" has three, "through" has one). So the first cut that does not
// fit proves nothing about later ones, and every candidate must be counted.
//
// Design: truncation changes only the piece it falls into and, if that piece's predecessor is white
// space, the predecessor (a run of white space leaves its last character to a word that follows, and
// keeps it when there is none). All earlier pieces are the same in every longer prefix. So when the
// first i pieces have more tokens than the limit, no prefix that ends behind piece i + 1 fits, and a
// candidate's count is that of the unchanged pieces plus that of the few bytes behind them.
// Candidates are tried from there downwards.
//
// A piece of over 1,024 bytes is cut at the ends of its tokens only, at ever greater distances while
// they do not fit, so that a megabyte of one letter is not counted at each of its places.

extension BytePairTokenizer {
  /// The longest prefix of a text with at most `limit` tokens, cut between characters.
  ///
  /// The prefix, counted by itself, never exceeds the limit; it is empty if the limit is below one. It
  /// is the longest such prefix, unless the cut falls into a single piece of more than 1,024 bytes (one
  /// "word" or run of spaces): such a piece is cut between two tokens, which may be a few bytes short of
  /// the longest.
  public func prefix(of text: String, fitting limit: Int) -> Substring {
    if count(text, upTo: limit) != nil { return text[...] }
    var text = text
    text.makeContiguousUTF8()
    let characters = text
    let (table, pattern) = (table, pattern)
    let length = text.withUTF8 { bytes in
      // A prefix of more bytes than this has more tokens than the limit, however long they are; one
      // token more keeps the end of what is searched away from the cut.
      let (most, overflow) = table.longestToken.multipliedReportingOverflow(by: max(limit, 0) &+ 1)
      var end = overflow ? bytes.count : min(most, bytes.count)
      while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
      let searched = UnsafeBufferPointer(rebasing: bytes[..<end])
      return PrefixSearch(
        bytes: searched,
        characters: characters,
        pattern: pattern,
        table: table,
        limit: limit
      ).longestLength()
    }
    return characters[..<characters.utf8.index(characters.startIndex, offsetBy: length)]
  }
}

/// The search of a text that as a whole does not fit.
private struct PrefixSearch {
  /// Every place of a piece up to this length is tried: a thousand counts of a thousand bytes are milliseconds.
  private static let longPiece = 1024

  /// As much of the text's beginning as has to be searched; it does not fit either.
  let bytes: UnsafeBufferPointer<UInt8>
  /// The whole text, which knows where its characters end.
  let characters: String
  let pattern: PiecePattern
  let table: VocabularyTable
  let limit: Int

  /// A cut between two pieces of the whole text: the place, and the number of tokens before it.
  private struct PieceBoundary {
    let place: Int
    let tokens: Int
  }

  /// The length in bytes of the longest prefix that fits.
  func longestLength() -> Int {
    let boundaries = boundariesToLimit()
    for piece in (1..<boundaries.count).reversed() {
      let (start, end) = (boundaries[piece - 1], boundaries[piece])
      // Unchanged by any cut into this piece: what stands before it, or before its predecessor.
      let base =
        piece >= 2 && endsInSpace(start.place) ? boundaries[piece - 2] : start
      let found =
        end.place - start.place > Self.longPiece
        ? longestCut(intoLongPieceAt: start, end.place, base: base)
        : longestCut(intoPieceAt: start.place, end.place, base: base)
      if let found { return found }
    }
    return 0
  }

  /// The boundaries from 0 to one piece behind the one that exceeds the limit.
  private func boundariesToLimit() -> [PieceBoundary] {
    PieceEncoder.with(bytes, pattern: pattern, vocabulary: table) { encoder in
      var boundaries = [PieceBoundary(place: 0, tokens: 0)]
      var last = boundaries[0]
      var exceeded = false
      while last.place < bytes.count, !exceeded {
        exceeded = last.tokens > limit
        let end = encoder.pieceEnd(from: last.place)
        last = PieceBoundary(place: end, tokens: last.tokens + encoder.count(last.place, end))
        boundaries.append(last)
      }
      return boundaries
    }
  }

  private func longestCut(intoPieceAt start: Int, _ end: Int, base: PieceBoundary) -> Int? {
    var place = characterBoundary(atOrBefore: end)
    while place > start {
      if fits(place, base: base) { return place }
      place = characterBoundary(atOrBefore: place - 1)
    }
    return nil
  }

  private func longestCut(
    intoLongPieceAt start: PieceBoundary,
    _ end: Int,
    base: PieceBoundary
  ) -> Int? {
    var ends: [Int] = []
    PieceEncoder.with(bytes, pattern: pattern, vocabulary: table) { encoder in
      encoder.forEachMerged(start.place, end) { _, end in ends.append(end) }
    }
    var tokens = min(ends.count, limit - start.tokens)
    var step = 1
    while tokens > 0 {
      let place = characterBoundary(atOrBefore: ends[tokens - 1])
      if place <= start.place { return nil }
      if fits(place, base: base) { return place }
      tokens -= step
      step *= 2
    }
    return nil
  }

  /// Whether the prefix fits that ends at `place`; what stands before `base` is counted already.
  private func fits(_ place: Int, base: PieceBoundary) -> Bool {
    let rest = UnsafeBufferPointer(rebasing: bytes[base.place..<place])
    return PieceEncoder.with(rest, pattern: pattern, vocabulary: table) {
      $0.count(upTo: limit - base.tokens)
    } != nil
  }

  private func characterBoundary(atOrBefore place: Int) -> Int {
    let utf8 = characters.utf8
    if place <= 0 { return 0 }
    if place >= utf8.count { return utf8.count }
    // An index inside a character is taken for that character's, so that its end's predecessor is
    // its beginning.
    let after = characters.index(after: utf8.index(utf8.startIndex, offsetBy: place))
    return utf8.distance(from: utf8.startIndex, to: characters.index(before: after))
  }

  /// Whether the character before `place` is white space.
  private func endsInSpace(_ place: Int) -> Bool {
    var start = place - 1
    while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    let scalar = String(decoding: bytes[start..<place], as: UTF8.self).unicodeScalars.first
    return scalar.map { CharacterClassTable()[$0.value].contains(.space) } ?? false
  }
}
