// One word on its way through the Snowball English algorithm.
//
// The word is a byte buffer that steps shorten or lengthen at its end only. `r1` and `r2` are the
// starts of the regions R1 and R2 of the algorithm, fixed before the first step: a later step may
// leave the word shorter than they are, which then counts as an empty region.
// A `Y` in capitals is the letter y used as a consonant; it exists only between `prepare` and the end.

/// The state of one word while the stemmer's steps run over it; reusable to save allocations.
struct StemmingWord {
  var bytes: [UInt8] = []
  var r1 = 0
  var r2 = 0

  init() { bytes.reserveCapacity(80) }

  /// Replaces the word by the given lowercase letters.
  mutating func load(_ letters: some Sequence<UInt8>) {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: letters)
  }

  /// Runs all steps; `bytes` is the stem afterwards.
  mutating func stem() {
    guard bytes.count > 2, !replaceException() else { return }
    let hasConsonantY = prepare()
    removePossessive()
    removePlural()
    removeVerbEnding()
    softenY()
    replaceSuffix(Self.step2, from: r1)
    replaceSuffix(Self.step3, from: r1)
    replaceSuffix(Self.step4, from: r2)
    removeFinalLetter()
    guard hasConsonantY else { return }
    for index in bytes.indices where bytes[index] == Letter.consonantY { bytes[index] = Letter.y }
  }

  // MARK: Reading

  /// The last eight bytes, the very last one lowest; shorter words are padded with zeros.
  var tail: UInt64 {
    var packed: UInt64 = 0
    for byte in bytes.suffix(8) { packed = packed << 8 | UInt64(byte) }
    return packed
  }

  func hasVowel(before end: Int) -> Bool {
    for index in 0..<max(0, end) where Letter.isVowel(bytes[index]) { return true }
    return false
  }

  /// Whether the part of the word before `end` ends in a short syllable.
  func hasShortSyllable(before end: Int) -> Bool {
    guard end >= 2 else { return false }
    let last = bytes[end - 1]
    guard !Letter.isVowel(last) else { return false }
    if Letter.isVowel(bytes[end - 2]) {
      if end == 2 { return true }
      let closes = last != Letter.w && last != Letter.x && last != Letter.consonantY
      return closes && !Letter.isVowel(bytes[end - 3])
    }
    return end >= 4 && bytes[..<end].suffix(4).elementsEqual("past".utf8)
  }

  // MARK: Preparation

  /// Handles the words that are exceptions as a whole; true if the word was one.
  private mutating func replaceException() -> Bool {
    guard bytes.count <= 6 else { return false }
    let word = tail
    for rule in Self.exceptions where rule.suffix.bits == word {
      bytes.removeAll(keepingCapacity: true)
      bytes.append(contentsOf: rule.replacement)
      return true
    }
    return false
  }

  /// Drops a leading apostrophe, marks consonant y's and sets the regions; true if any y was marked.
  private mutating func prepare() -> Bool {
    if bytes[0] == Letter.apostrophe { bytes.removeFirst() }
    var marked = false
    var afterVowel = true
    for index in bytes.indices {
      if bytes[index] == Letter.y, afterVowel {
        bytes[index] = Letter.consonantY
        marked = true
      }
      afterVowel = Letter.isVowel(bytes[index])
    }
    r1 = Self.longStems.first { bytes.starts(with: $0) }?.count ?? regionStart(from: 0)
    r2 = regionStart(from: r1)
    return marked
  }

  /// The place after the first consonant that follows a vowel, at or after `start`.
  private func regionStart(from start: Int) -> Int {
    var index = start
    while index < bytes.count, !Letter.isVowel(bytes[index]) { index += 1 }
    while index < bytes.count, Letter.isVowel(bytes[index]) { index += 1 }
    return min(index + 1, bytes.count)
  }

  private static let longStems = [
    "gener", "commun", "arsen", "past", "univers", "later", "emerg", "inter", "organ",
  ].map { Array($0.utf8) }

  private static let exceptions = [
    SuffixRule("skies", "sky"), SuffixRule("skis", "ski"), SuffixRule("idly", "idl"),
    SuffixRule("gently", "gentl"),
    SuffixRule("ugly", "ugli"), SuffixRule("early", "earli"), SuffixRule("only", "onli"),
    SuffixRule("singly", "singl"), SuffixRule("sky", "sky"), SuffixRule("news", "news"),
    SuffixRule("howe", "howe"), SuffixRule("atlas", "atlas"), SuffixRule("cosmos", "cosmos"),
    SuffixRule("bias", "bias"), SuffixRule("andes", "andes"),
  ]
}

/// The letters the English rules name.
enum Letter {
  static let apostrophe = UInt8(ascii: "'")
  static let y = UInt8(ascii: "y")
  static let consonantY = UInt8(ascii: "Y")
  static let w = UInt8(ascii: "w")
  static let x = UInt8(ascii: "x")

  /// Bits of a, e, i, o, u and y, counted from `a`.
  private static let vowels: UInt32 = 1 << 0 | 1 << 4 | 1 << 8 | 1 << 14 | 1 << 20 | 1 << 24

  static func isVowel(_ byte: UInt8) -> Bool {
    byte >= 0x61 && byte <= 0x7A && vowels >> UInt32(byte - 0x61) & 1 == 1
  }
}
