/// A run of characters of scripts without spaces (Han, Kana, Thai, …), NFC where Kana needs it.
struct UnspacedRun {
  private(set) var bytes: [UInt8] = []
  /// The start of each character in `bytes`, then the end of the last one.
  private(set) var offsets: [Int] = []

  /// Reads from the start of a run; returns the place after it.
  mutating func read(_ source: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    var last: Unicode.Scalar = " "
    while index < source.count, source[index] >= 0x80 {
      let (scalar, length) = source.scalar(at: index)
      let kind = ScalarClass(scalar)
      guard kind == .unspaced || kind == .ignorable else { break }
      if kind == .unspaced {
        if let voiced = Self.voiced(last, scalar) {
          bytes.removeSubrange((offsets.last ?? 0)...)
          bytes.append(contentsOf: String(voiced).utf8)
          last = voiced
        } else {
          offsets.append(bytes.count)
          bytes.append(contentsOf: source[index..<(index + length)])
          last = scalar
        }
      }
      index += length
    }
    offsets.append(bytes.count)
    return index
  }

  /// か and a combining voice mark make が, は and a combining half-voice mark make ぱ.
  static func voiced(_ kana: Unicode.Scalar, _ mark: Unicode.Scalar) -> Unicode.Scalar? {
    let step: UInt32
    switch mark.value {
    case 0x3099: step = 1
    case 0x309A: step = 2
    default: return nil
    }
    // Katakana lie 0x60 above hiragana.
    let place = kana.value >= 0x30A1 && kana.value <= 0x30F6 ? kana.value - 0x60 : kana.value
    switch (place, step) {
    case (0x3046, 1): return Unicode.Scalar(kana.value + 0x4E)
    case (0x304B...0x3061, 1) where place % 2 == 1: return Unicode.Scalar(kana.value + 1)
    case (0x3064...0x3068, 1) where place % 2 == 0: return Unicode.Scalar(kana.value + 1)
    case (0x306F...0x307B, _) where place % 3 == 0: return Unicode.Scalar(kana.value + step)
    default: return nil
    }
  }
}
