/// The numbered steps of the Snowball English algorithm.
extension StemmingWord {
  /// Step 0: `'`, `'s`, `'s'`.
  mutating func removePossessive() {
    if let suffix = longest(of: Self.possessives) { bytes.removeLast(suffix.length) }
  }

  /// Step 1a: plural endings.
  mutating func removePlural() {
    guard let last = bytes.last, last == UInt8(ascii: "s") || last == UInt8(ascii: "d") else { return }
    let end = tail
    if Self.sses.matches(end) {
      bytes.removeLast(2)
    } else if Self.ied.matches(end) || Self.ies.matches(end) {
      bytes.removeLast(bytes.count > 4 ? 2 : 1)
    } else if last == UInt8(ascii: "s"), !Self.us.matches(end), !Self.ss.matches(end),
      hasVowel(before: bytes.count - 2)
    {
      bytes.removeLast()
    }
  }

  /// Step 1b: `-eed`, `-ed`, `-ing` and their adverbs.
  mutating func removeVerbEnding() {
    guard let suffix = longest(of: Self.verbEndings) else { return }
    let start = bytes.count - suffix.length
    let stem = bytes[..<start]
    if suffix.bits == Self.eed.bits || suffix.bits == Self.eedly.bits {
      let isVerb = Self.ceedVerbs.contains { stem.elementsEqual($0) }
      if !isVerb, start >= r1 { bytes.replaceSubrange(start..., with: "ee".utf8) }
      return
    }
    if suffix.bits == Self.ing.bits {
      if stem.count == 2, stem[1] == Letter.y, !Letter.isVowel(stem[0]) {
        bytes.replaceSubrange(1..., with: "ie".utf8)
        return
      }
      if Self.ingNouns.contains(where: { stem.elementsEqual($0) }) { return }
    }
    guard hasVowel(before: start) else { return }
    bytes.removeLast(suffix.length)
    repairAfterVerbEnding()
  }

  /// The end of step 1b: `luxuriat` → `luxuriate`, `hopp` → `hop`, `hop` → `hope`.
  private mutating func repairAfterVerbEnding() {
    let end = tail
    if Self.at.matches(end) || Self.bl.matches(end) || Self.iz.matches(end) {
      bytes.append(UInt8(ascii: "e"))
    } else if bytes.count >= 2, let last = bytes.last, last == bytes[bytes.count - 2],
      Self.doubled.contains(last)
    {
      let isWhole = bytes.count == 3 && Self.openers.contains(bytes[0])
      if !isWhole { bytes.removeLast() }
    } else if r1 == bytes.count, hasShortSyllable(before: bytes.count) {
      bytes.append(UInt8(ascii: "e"))
    }
  }

  /// Step 1c: `cry` → `cri`, but `by` and `say` stay.
  mutating func softenY() {
    guard bytes.count > 2, let last = bytes.last, last == Letter.y || last == Letter.consonantY,
      !Letter.isVowel(bytes[bytes.count - 2])
    else { return }
    bytes[bytes.count - 1] = UInt8(ascii: "i")
  }

  /// Steps 2, 3 and 4: the longest ending that matches is replaced if it lies in the region.
  ///
  /// Rules stand in order of falling length. A rule that matches but may not act ends the step.
  mutating func replaceSuffix(_ rules: [SuffixRule], from region: Int) {
    let end = tail
    for rule in rules where rule.suffix.matches(end) {
      let start = bytes.count - rule.suffix.length
      // `-ative` alone asks for R2 in a step that works in R1.
      let isAllowed = rule.suffix.bits == Self.ative.bits ? start >= r2 : start >= region
      guard start >= 0, isAllowed else { return }
      if !rule.predecessors.isEmpty {
        guard start > 0, rule.predecessors.contains(bytes[start - 1]) else { return }
      }
      bytes.removeLast(rule.suffix.length)
      bytes.append(contentsOf: rule.replacement)
      return
    }
  }

  /// Step 5: a final `e`, and the second `l` of a final `ll`.
  mutating func removeFinalLetter() {
    let start = bytes.count - 1
    guard start > 0 else { return }
    switch bytes[start] {
    case UInt8(ascii: "e"):
      if start >= r2 || start >= r1 && !hasShortSyllable(before: start) { bytes.removeLast() }
    case UInt8(ascii: "l"):
      if start >= r2, bytes[start - 1] == UInt8(ascii: "l") { bytes.removeLast() }
    default: return
    }
  }

  private func longest(of suffixes: [Suffix]) -> Suffix? {
    let end = tail
    return suffixes.first { $0.length <= bytes.count && $0.matches(end) }
  }
}

/// The endings and exceptions of the steps, longest first.
extension StemmingWord {
  private static let possessives = [Suffix("'s'"), Suffix("'s"), Suffix("'")]
  private static let sses = Suffix("sses")
  private static let ied = Suffix("ied")
  private static let ies = Suffix("ies")
  private static let us = Suffix("us")
  private static let ss = Suffix("ss")
  private static let eed = Suffix("eed")
  private static let eedly = Suffix("eedly")
  private static let ing = Suffix("ing")
  private static let at = Suffix("at")
  private static let bl = Suffix("bl")
  private static let iz = Suffix("iz")
  private static let ative = Suffix("ative")
  private static let verbEndings = [
    eedly, Suffix("ingly"), Suffix("edly"), eed, ing, Suffix("ed"),
  ]
  private static let ceedVerbs = ["proc", "exc", "succ"].map { Array($0.utf8) }
  private static let ingNouns = ["inn", "out", "cann", "herr", "earr", "even"].map { Array($0.utf8) }
  private static let doubled = Array("bdfgmnprt".utf8)
  private static let openers = Array("aeo".utf8)

  static let step2 = [
    SuffixRule("ational", "ate"), SuffixRule("fulness", "ful"), SuffixRule("iveness", "ive"),
    SuffixRule("ization", "ize"), SuffixRule("ousness", "ous"), SuffixRule("biliti", "ble"),
    SuffixRule("lessli", "less"), SuffixRule("tional", "tion"), SuffixRule("alism", "al"),
    SuffixRule("aliti", "al"), SuffixRule("ation", "ate"), SuffixRule("entli", "ent"),
    SuffixRule("fulli", "ful"), SuffixRule("iviti", "ive"), SuffixRule("ogist", "og"),
    SuffixRule("ousli", "ous"), SuffixRule("abli", "able"), SuffixRule("alli", "al"),
    SuffixRule("anci", "ance"), SuffixRule("ator", "ate"), SuffixRule("enci", "ence"),
    SuffixRule("izer", "ize"), SuffixRule("bli", "ble"), SuffixRule("ogi", "og", after: "l"),
    SuffixRule("li", "", after: "cdeghkmnrt"),
  ]

  static let step3 = [
    SuffixRule("ational", "ate"), SuffixRule("tional", "tion"), SuffixRule("alize", "al"),
    SuffixRule("ative", ""), SuffixRule("icate", "ic"), SuffixRule("iciti", "ic"), SuffixRule("ical", "ic"),
    SuffixRule("ness", ""), SuffixRule("ful", ""),
  ]

  static let step4 = [
    SuffixRule("ement", ""), SuffixRule("able", ""), SuffixRule("ance", ""), SuffixRule("ence", ""),
    SuffixRule("ible", ""), SuffixRule("ment", ""), SuffixRule("ant", ""), SuffixRule("ate", ""),
    SuffixRule("ent", ""), SuffixRule("ion", "", after: "st"), SuffixRule("ism", ""),
    SuffixRule("iti", ""), SuffixRule("ive", ""), SuffixRule("ize", ""), SuffixRule("ous", ""),
    SuffixRule("al", ""), SuffixRule("er", ""), SuffixRule("ic", ""),
  ]
}
