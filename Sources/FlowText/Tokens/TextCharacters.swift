// A text as the pre-tokenizers see it: characters with their classes, and the runs of them that all
// published patterns have in common.
//
// Invariants: the text is well-formed UTF-8, so no byte is checked; places are those of first bytes.
struct TextCharacters {
  let text: UnsafePointer<UInt8>
  let count: Int
  private let classes: CharacterClassTable

  init(_ text: UnsafePointer<UInt8>, count: Int) {
    self.text = text
    self.count = count
    classes = CharacterClassTable()
  }

  /// The class of the character at a place inside the text, and the place behind it.
  @inline(__always)
  func character(at place: Int) -> (CharacterClass, Int) {
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

  // MARK: Runs

  /// The end of the run of characters of the given classes that begins at `start`, which may be empty.
  @inline(__always)
  func end(of wanted: CharacterClass, from start: Int) -> Int {
    var at = start
    while at < count {
      let (found, next) = character(at: at)
      guard found.meets(wanted) else { break }
      at = next
    }
    return at
  }

  /// The end of the run of characters of none of the given classes.
  @inline(__always)
  func end(ofOtherThan unwanted: CharacterClass, from start: Int) -> Int {
    var at = start
    while at < count {
      let (found, next) = character(at: at)
      guard !found.meets(unwanted) else { break }
      at = next
    }
    return at
  }

  /// The end of `\p{N}{1,3}` whose first number ends at `start`.
  @inline(__always)
  func numberEnd(from start: Int) -> Int {
    var at = start
    for _ in 0..<2 where at < count {
      let (found, next) = character(at: at)
      guard found.meets(.number) else { break }
      at = next
    }
    return at
  }

  /// Behind 's, 't, 're, 've, 'm, 'll or 'd in any case, if one stands at `start`; else `start`.
  @inline(__always)
  func contractionEnd(from start: Int) -> Int {
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

  /// The end of a piece of white space that begins at `start`: up to the last newline of the run; else
  /// all of it at the end of the text; else all but its last character, which may begin another piece;
  /// else that one character.
  ///
  /// With `wholeAtEnd` a run at the end of the text is one piece, newlines or not.
  @inline(__always)
  func spaceEnd(from start: Int, wholeAtEnd: Bool) -> Int {
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
    if wholeAtEnd, at == count { return at }
    if afterNewline >= 0 { return afterNewline }
    return at == count || last == start ? at : last
  }
}
