// In chat Korean sentences often end without a full stop: "배포했습니다 로그 볼까요". What ends one then is its verb, which
// stands last: a formal ending (-ㅂ니다), a polite one (-어요, -네요, -죠), or laughter and tears (ㅋㅋ, ㅠㅠ).
//
// Only endings that nothing but a new sentence follows count: -다 alone also joins ("왔다 갔다"), and many nouns end in 요
// (필요, 중요, 수요), which no polite ending does in the syllable before.

/// Knows the words that end a Korean sentence by themselves.
enum KoreanSentenceEnd {
  /// The syllables that a polite ending has before 요.
  private static let beforeYo: Set<Unicode.Scalar> = Set(
    "어아해에예네세까게데든군지워와봐줘돼려져여쳐래".unicodeScalars
  )
  private static let feelings: Set<Unicode.Scalar> = ["ㅋ", "ㅎ", "ㅠ", "ㅜ"]

  /// Whether the word that ends before a place, not reaching back beyond `start`, ends its sentence.
  static func isEnd(_ bytes: UnsafeBufferPointer<UInt8>, before place: Int, from start: Int) -> Bool {
    guard let last = scalar(bytes, before: place, from: start), place - 3 > start,
      let second = scalar(bytes, before: place - 3, from: start)
    else { return false }
    switch last {
    case "요": return beforeYo.contains(second)
    case "죠": return isSyllable(second)
    case "다":
      guard second == "니", place - 6 > start, let third = scalar(bytes, before: place - 6, from: start) else {
        return false
      }
      return isSyllable(third) && final(of: third) == finalBieup
    default: return feelings.contains(last) && feelings.contains(second)
    }
  }

  /// The scalar of three bytes that ends before a place; nil for any other.
  private static func scalar(
    _ bytes: UnsafeBufferPointer<UInt8>,
    before place: Int,
    from start: Int
  ) -> Unicode.Scalar? {
    guard place - 3 >= start, bytes[place - 3] & 0xF0 == 0xE0 else { return nil }
    let (scalar, length) = bytes.scalar(at: place - 3)
    return length == 3 ? scalar : nil
  }

  private static func isSyllable(_ scalar: Unicode.Scalar) -> Bool {
    (0xAC00...0xD7A3).contains(scalar.value)
  }

  /// A syllable's final consonant by its number; 0 for none (Unicode Standard, section 3.12).
  private static func final(of syllable: Unicode.Scalar) -> UInt32 { (syllable.value - 0xAC00) % 28 }
  private static let finalBieup: UInt32 = 17
}
