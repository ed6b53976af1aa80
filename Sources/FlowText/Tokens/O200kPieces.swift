// The pre-tokenizer of o200k_base: cuts a text into the pieces that are encoded one by one.
//
// Problem: the published tokenizer defines its pieces by a regular expression with backtracking
// (openai_public.py of tiktoken):
//
// 1 [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?
// 2 [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?
// 3 \p{N}{1,3}
// 4  ?[^\s\p{L}\p{N}]+[\r\n/]*
// 5 \s*[\r\n]+
// 6 \s+(?!\S)
// 7 \s+
//
// The first alternative that matches at a place wins. This is the same by hand, over UTF-8, with a
// bounded number of looks at a character.
//
// Design. Call U = Lu Lt, C = Ll, B = Lm Lo M, so that 1 is  prefix? (U|B)* (C|B)+  and 2 is
// prefix? (U|B)+ (C|B)*.
// - A word: run over (U|B). If a C follows, run on over (C|B) and stop. If none does, 1 gives back
//   characters until it can take a B: the word ends after the last B of the run. Without a B,
//   alternative 1 fails and 2 takes the whole run of U.
// - The optional prefix is tried before its absence, and 1 with and without it before 2. The
//   difference shows only for a mark, which may be the prefix as well as part of the word: where 1
//   fails behind it, 1 matches without a prefix and takes the mark alone.
// - White space: up to the last newline of the run; else all of it at the end of the text; else all
//   but its last character, which may become the prefix of a word; else that one character.
//
// Invariants: the text is well-formed UTF-8, so no byte is checked; `end(from:)` is called with a
// place inside the text at which a piece begins, and returns a greater one.
struct O200kPieces {
  private let text: UnsafePointer<UInt8>
  private let count: Int
  private let classes: CharacterClassTable

  init(_ text: UnsafePointer<UInt8>, count: Int, classes: CharacterClassTable) {
    self.text = text
    self.count = count
    self.classes = classes
  }

  /// Where the piece that begins at `start` ends.
  @inline(__always)
  func end(from start: Int) -> Int {
    let (first, next) = character(at: start)
    if first.meets(.letter) {
      // A letter is a word, with or without company, so there always is an end.
      return wordEnd(from: start, prefix: []) ?? next
    }
    if first.meets(.number) { return numberEnd(from: next) }
    if !first.meets(.newline), let end = wordEnd(from: next, prefix: first) { return end }
    if !first.meets(.space) { return punctuationEnd(from: next) }
    if text[start] == 0x20, next < count {
      let (second, afterSecond) = character(at: next)
      if !second.meets([.space, .letter, .number]) { return punctuationEnd(from: afterSecond) }
    }
    return spaceEnd(from: start)
  }

  // MARK: Alternatives

  /// The end of a word whose letters begin at `start`, or nil if there is no word.
  ///
  /// `prefix` is the class of the character before, or empty without one: what matters is whether it
  /// is a mark.
  @inline(__always)
  private func wordEnd(from start: Int, prefix: CharacterClass) -> Int? {
    var at = start
    var lastUncased = -1
    while at < count {
      let (found, next) = character(at: at)
      if found.meets([.upper, .otherLetter, .mark]) {
        if !found.meets(.upper) { lastUncased = next }
        at = next
      } else if found.meets(.lower) {
        return contractionEnd(from: lowerEnd(from: next))
      } else {
        break
      }
    }
    if lastUncased >= 0 { return contractionEnd(from: lastUncased) }
    if prefix.meets(.mark) { return contractionEnd(from: start) }
    return at > start ? contractionEnd(from: at) : nil
  }

  @inline(__always)
  private func lowerEnd(from start: Int) -> Int {
    var at = start
    while at < count {
      let (found, next) = character(at: at)
      guard found.meets([.lower, .otherLetter, .mark]) else { break }
      at = next
    }
    return at
  }

  /// Behind 's, 't, 're, 've, 'm, 'll or 'd in any case, if one stands at `start`; else `start`.
  @inline(__always)
  private func contractionEnd(from start: Int) -> Int {
    guard start &+ 1 < count, text[start] == 0x27 else { return start }
    return contractionEnd(afterApostrophe: start &+ 1)
  }

  @inline(never)
  private func contractionEnd(afterApostrophe start: Int) -> Int {
    // Setting bit 5 makes an ASCII letter lower case and makes a letter of nothing but one.
    let second = start &+ 1 < count ? text[start &+ 1] : 0
    switch (text[start] | 0x20, second | 0x20) {
    case (UInt8(ascii: "s"), _), (UInt8(ascii: "t"), _), (UInt8(ascii: "m"), _), (UInt8(ascii: "d"), _):
      return start &+ 1
    case (UInt8(ascii: "r"), UInt8(ascii: "e")), (UInt8(ascii: "v"), UInt8(ascii: "e")),
      (UInt8(ascii: "l"), UInt8(ascii: "l")):
      return start &+ 2
    default:
      // U+017F, the long s, is an s to a regex that ignores case.
      return text[start] == 0xC5 && second == 0xBF ? start &+ 2 : start &- 1
    }
  }

  @inline(__always)
  private func numberEnd(from start: Int) -> Int {
    var at = start
    for _ in 0..<2 where at < count {
      let (found, next) = character(at: at)
      guard found.meets(.number) else { break }
      at = next
    }
    return at
  }

  @inline(__always)
  private func punctuationEnd(from start: Int) -> Int {
    var at = start
    while at < count {
      let (found, next) = character(at: at)
      guard !found.meets([.space, .letter, .number]) else { break }
      at = next
    }
    while at < count, text[at] == 0x0A || text[at] == 0x0D || text[at] == 0x2F { at &+= 1 }
    return at
  }

  @inline(__always)
  private func spaceEnd(from start: Int) -> Int {
    var at = start
    var last = start
    var afterNewline = -1
    while at < count {
      let (found, next) = character(at: at)
      guard found.meets(.space) else { break }
      if found.meets(.newline) { afterNewline = next }
      last = at
      at = next
    }
    if afterNewline >= 0 { return afterNewline }
    return at == count || last == start ? at : last
  }

  // MARK: Characters

  /// The class of the character at a place inside the text, and the place behind it.
  @inline(__always)
  private func character(at place: Int) -> (CharacterClass, Int) {
    let lead = text[place]
    if lead < 0x80 { return (classes.ascii(lead), place &+ 1) }
    return longCharacter(lead, at: place)
  }

  @inline(__always)
  private func longCharacter(_ lead: UInt8, at place: Int) -> (CharacterClass, Int) {
    @inline(__always)
    func tail(_ offset: Int) -> UInt32 { UInt32(text[place &+ offset] & 0x3F) }
    if lead < 0xE0 {
      return (classes[UInt32(lead & 0x1F) &<< 6 | tail(1)], place &+ 2)
    }
    if lead < 0xF0 {
      return (classes[UInt32(lead & 0x0F) &<< 12 | tail(1) &<< 6 | tail(2)], place &+ 3)
    }
    let code = UInt32(lead & 0x07) &<< 18 | tail(1) &<< 12 | tail(2) &<< 6 | tail(3)
    return (classes[code], place &+ 4)
  }
}
