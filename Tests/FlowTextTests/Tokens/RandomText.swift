import RandomSupport

/// Texts in which the rules of the pre-tokenizer meet one another.
enum RandomText {
  private static let words = [
    " hello", "ing", " the", "World", "def ", "\n    ", "안녕", "你好", "ция", "'re", "===",
  ]
  private static let telling: [Unicode.Scalar] =
    Array("aAbBsStTrReEvVlLmMdD''''   \t\n\r/!.-12ÀéßǅʰªⅣ½٣".unicodeScalars)
    + ["\u{17F}", "\u{4E2D}", "\u{3042}", "\u{A0}", "\u{3000}", "\u{200B}", "\u{0}", "\u{1C}"]
    + ["\u{301}", "\u{200D}", "\u{1F600}", "\u{1F1E6}", "\u{FE0F}"]

  /// At least `length` characters: any of Unicode's, telling ones, words, and runs.
  static func text(_ length: Int, using random: inout SeededRandom) -> String {
    var scalars = String.UnicodeScalarView()
    while scalars.count < length {
      let one = telling[Int.random(in: telling.indices, using: &random)]
      switch Int.random(in: 0..<8, using: &random) {
      case 0:
        if let any = Unicode.Scalar(UInt32.random(in: 0..<0x11_0000, using: &random)) { scalars.append(any) }
      case 1:
        let run = Int.random(in: 1...20, using: &random)
        scalars.append(contentsOf: repeatElement(one, count: run))
      case 2, 3:
        scalars.append(contentsOf: words[Int.random(in: words.indices, using: &random)].unicodeScalars)
      default:
        scalars.append(one)
      }
    }
    return String(scalars)
  }
}
