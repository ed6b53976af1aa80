/// A run of Hangul syllables; conjoining jamo are composed (The Unicode Standard, section 3.12).
struct HangulRun {
  private(set) var bytes: [UInt8] = []
  /// The start of each syllable in `bytes`, then the end of the last one.
  private(set) var offsets: [Int] = []
  private var lastTwo: (UInt32, UInt32) = (0, 0)

  private static let firstSyllable: UInt32 = 0xAC00
  /// Syllables for one lead consonant, and for one lead and vowel.
  private static let perLead: UInt32 = 588
  private static let perVowel: UInt32 = 28

  /// Reads from the start of a run; returns the place after it.
  mutating func read(_ source: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    while index < source.count, source[index] >= 0x80 {
      let (scalar, length) = source.scalar(at: index)
      let kind = ScalarClass(scalar)
      guard kind == .hangul || kind == .ignorable else { break }
      if kind == .hangul { append(scalar) }
      index += length
    }
    offsets.append(bytes.count)
    return index
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    if let joined = Self.joined(lastTwo.1, scalar.value), let syllable = Unicode.Scalar(joined) {
      bytes.removeSubrange((offsets.last ?? 0)...)
      lastTwo.1 = joined
      bytes.append(contentsOf: String(syllable).utf8)
    } else {
      offsets.append(bytes.count)
      lastTwo = (lastTwo.1, scalar.value)
      bytes.append(contentsOf: String(scalar).utf8)
    }
  }

  /// Lead and vowel, or an open syllable and a final consonant, as one syllable.
  static func joined(_ before: UInt32, _ jamo: UInt32) -> UInt32? {
    switch (before, jamo) {
    case (0x1100...0x1112, 0x1161...0x1175):
      firstSyllable + (before - 0x1100) * perLead + (jamo - 0x1161) * perVowel
    case (0xAC00...0xD7A3, 0x11A8...0x11C2) where (before - firstSyllable) % perVowel == 0:
      before + (jamo - 0x11A7)
    default: nil
    }
  }

  // MARK: Particles

  /// Whether the run is one particle and nothing else.
  var isParticle: Bool { offsets.count == 2 && Self.particles.contains(lastTwo.1) }

  /// The noun of a run of one syllable and its particle (책을 → 책), which has no bigram of its own.
  ///
  /// Particles agree with the sound before them (책은, 나는), which tells 책이 from 사이.
  var nounBeforeParticle: Range<Int>? {
    guard offsets.count == 3, (0xAC00...0xD7A3).contains(lastTwo.0) else { return nil }
    let isClosed = (lastTwo.0 - Self.firstSyllable) % Self.perVowel != 0
    let agreeing = isClosed ? Self.afterConsonant : Self.afterVowel
    return agreeing.contains(lastTwo.1) ? 0..<offsets[1] : nil
  }

  private static let afterConsonant = values("은이을과")
  private static let afterVowel = values("는가를와")
  private static let particles = values("은는이가을를과와의에도만로")

  private static func values(_ syllables: String) -> [UInt32] { syllables.unicodeScalars.map(\.value) }
}
