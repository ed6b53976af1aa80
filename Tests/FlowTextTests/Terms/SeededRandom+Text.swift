import RandomSupport

extension SeededRandom {
  /// A text of up to `most` scalars that exercises every script and sign the analysis knows.
  mutating func text(most: Int) -> String {
    let alphabet = Array(
      ("abcdeABCDE0123456789 .,;:!?'’\"-_/\\@#+()[]{}`~|\n\t\r…。！？「」『』、 데이터수집은을를책 机器学习食べるがぱカー"
        + "éßÅñøςΣйё\u{301}\u{302}\u{323}\u{3099}\u{1112}\u{1161}\u{11AB}\u{200D}\u{FEFF}\u{AD}ไทย👩‍💻ＡＢ１ㅋ\u{0}\u{7F}")
        .unicodeScalars
    )
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...most, using: &self) { text.append(alphabet.randomElement(using: &self)!) }
    return String(text)
  }
}
