import CTokenTables

// The beginnings of pieces among the next 64 bytes of a text, as far as they are ASCII.
//
// Problem and use: see PieceScanner.swift. The block begins where a piece begins.
//
// Design: each class of bytes is a number of 64 bits, the first byte lowest, and "the byte before is
// X" is X << 1. For ASCII the patterns (O200kPieces.swift, CL100kPieces.swift) come down to this, where
// a blank is white space other than a newline:
// - Newlines behind punctuation belong to it ("glued"). All other white space comes in runs.
// - A run of white space begins a piece; so do the blanks behind its last newline; so does its last
//   blank before anything else, which is the prefix of a word, or joins punctuation if it is a space,
//   or stands alone.
// - Punctuation begins a piece unless behind punctuation or a space.
// - Letters begin a piece unless behind a blank or behind punctuation that itself begins one: these are
//   the prefix of the word. In o200k_base an upper-case letter behind a lower-case one begins a piece.
// - A digit begins a piece unless behind one, and then every third.
// - In o200k_base a contraction belongs to the letters before it; in cl100k_base an apostrophe that
//   begins a piece and makes a contraction is one piece with it. Behind either a new piece begins.
//   Contractions are rare enough to be looked at one by one.
//
// A bit is given only if it is right whatever follows the ASCII bytes or the block; what depends on
// bytes not seen is left out, with all that is behind it. `x + run beginnings` carries through the runs
// of x, which finds their ends.
struct ASCIIBlock {
  private let known: UInt64
  private let lower: UInt64
  private let upper: UInt64
  private let digit: UInt64
  private let space: UInt64
  private let blank: UInt64
  private let newline: UInt64
  private let slash: UInt64
  private let apostrophe: UInt64

  /// Classifies 64 bytes.
  @inline(__always)
  init(_ bytes: UnsafePointer<UInt8>) {
    let masks = flow_classify64(bytes)
    let other = masks.other_than_ascii
    // The bits below the first other byte; all if there is none.
    known = other == 0 ? .max : (other & (0 &- other)) &- 1
    lower = masks.lower & known
    upper = masks.upper & known
    digit = masks.digit & known
    space = masks.space & known
    blank = masks.blank & known
    newline = masks.newline & known
    slash = masks.slash & known
    apostrophe = masks.apostrophe & known
  }

  /// The places behind the first at which pieces begin, a bit each; the block lies at `place` of the text.
  @inline(__always)
  mutating func pieceStarts(pattern: PiecePattern, characters: TextCharacters, at place: Int) -> UInt64 {
    let letter = lower | upper
    let white = blank | newline
    let punctuation = known & ~(letter | digit | white)

    let gluedStart = newline & (punctuation &<< 1)
    let glued = newline & ~(newline &+ gluedStart)
    let run = white & ~glued
    var starts = run & ~(run &<< 1)
    starts |= blank & ((known & ~white) &>> 1)
    starts |= blanksBehindNewline()

    let punctuationStart = punctuation & ~((punctuation | space) &<< 1)
    starts |= punctuationStart
    starts |= letter & ~((letter | blank | punctuationStart) &<< 1)
    starts |= digitStarts()

    // The byte behind an apostrophe: a letter, or not known here.
    let contractible = (letter &>> 1) | (known & ~(known &>> 1))
    switch pattern {
    case .o200k:
      starts |= upper & (lower &<< 1)
      let apostrophes = apostrophe & (letter &<< 1) & contractible
      if apostrophes != 0 { moveBehindContractions(apostrophes, characters, place, &starts) }
      let slashBehindGlued = slash & (glued &<< 1)
      if slashBehindGlued != 0 { starts &= (slashBehindGlued & (0 &- slashBehindGlued)) &- 1 }
    case .cl100k:
      let apostrophes = apostrophe & punctuationStart & contractible
      if apostrophes != 0 { addBehindContractions(apostrophes, characters, place, &starts) }
    }
    return starts & ~1
  }

  /// The first blanks behind the last newlines of their runs.
  @inline(__always)
  private func blanksBehindNewline() -> UInt64 {
    var starts = blank & (newline &<< 1)
    // Blanks before another newline are in the middle of a piece; before what is not known they may be.
    var wrong = (blank &+ starts) & ~blank & (newline | ~known)
    if known == .max, blank &>> 63 == 1 {
      // The carry of a last run went out at the top.
      starts &= ~(UInt64.max &<< Self.runStart(in: blank, endingAt: 63))
    }
    while wrong != 0 {
      let end = wrong.trailingZeroBitCount
      starts &= ~(1 &<< Self.runStart(in: blank, endingAt: UInt64(end &- 1)))
      wrong &= wrong &- 1
    }
    return starts
  }

  /// The first place of the run of bits whose last place is given.
  @inline(__always)
  private static func runStart(in bits: UInt64, endingAt last: UInt64) -> UInt64 {
    let gaps = ~bits & ((2 &<< last) &- 1)
    return UInt64(64 &- gaps.leadingZeroBitCount)
  }

  /// The first digits of runs, and every third behind them.
  @inline(__always)
  private func digitStarts() -> UInt64 {
    var group = digit & ~(digit &<< 1)
    var starts = group
    let behindThree = digit & (digit &<< 1) & (digit &<< 2) & (digit &<< 3)
    while true {
      group = (group &<< 3) & behindThree
      if group == 0 { return starts }
      starts |= group
    }
  }

  /// The rule of o200k_base: a contraction belongs to the word before it.
  @inline(never)
  private func moveBehindContractions(
    _ apostrophes: UInt64,
    _ characters: TextCharacters,
    _ place: Int,
    _ starts: inout UInt64
  ) {
    var left = apostrophes
    var behindLast = -1
    while left != 0 {
      let at = left.trailingZeroBitCount
      left &= left &- 1
      // Two contractions in a row: the second one is a prefix and a word.
      if at == behindLast { continue }
      let end = characters.contractionEnd(from: place &+ at) &- place
      if end == at { continue }
      behindLast = end
      starts &= ~((UInt64.max << UInt64(at)) & ~(UInt64.max << UInt64(end)))
      starts |= known & (1 << UInt64(end))
    }
  }

  /// The rule of cl100k_base: a contraction is a piece.
  @inline(never)
  private func addBehindContractions(
    _ apostrophes: UInt64,
    _ characters: TextCharacters,
    _ place: Int,
    _ starts: inout UInt64
  ) {
    var left = apostrophes
    while left != 0 {
      let at = left.trailingZeroBitCount
      left &= left &- 1
      let end = characters.contractionEnd(from: place &+ at) &- place
      if end > at { starts |= known & (1 << UInt64(end)) }
    }
  }
}
