/// The Snowball English stemmer ("Porter2"): reduces the forms of an English word to one stem.
///
/// Written from the description at <https://snowballstem.org/algorithms/english/stemmer.html>, in the
/// form of Snowball 3.1: `connected`, `connecting` and `connections` all become `connect`.
/// A stem is a key for comparing words, not a word for people to read (`happy` → `happi`).
public struct EnglishStemmer: Sendable {
  /// The stem of a lowercase word; a word of fewer than three letters is its own stem.
  ///
  /// Letters outside ASCII count as consonants, as they do in Snowball.
  public static func stem(_ word: String) -> String {
    // Every scalar outside ASCII becomes one stand-in byte: rules count letters, not bytes. Rules only
    // ever touch ASCII endings, so the stand-ins that are left are the first ones, in order.
    var others: [Unicode.Scalar] = []
    var letters = StemmingWord()
    letters.load(
      word.unicodeScalars.lazy.map { scalar in
        if scalar.isASCII { return UInt8(scalar.value) }
        others.append(scalar)
        return standIn
      }
    )
    letters.stem()
    if others.isEmpty { return String(decoding: letters.bytes, as: UTF8.self) }
    var stem = String.UnicodeScalarView()
    var next = others.makeIterator()
    for byte in letters.bytes {
      stem.append(byte == standIn ? next.next() ?? Unicode.Scalar(byte) : Unicode.Scalar(byte))
    }
    return String(stem)
  }

  private static let standIn: UInt8 = 0xFF
}
