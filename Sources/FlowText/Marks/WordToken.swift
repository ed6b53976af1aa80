/// One word, number or phrase that the rules look at, with what stands before it.
struct WordToken: Sendable {
  /// What separates a token from the one before; the strongest mark counts.
  enum Separator: UInt8, Comparable, Sendable {
    case none, space, hyphen, comma
    /// Any other punctuation.
    case mark
    /// Text of a script without spaces in which no phrase was found.
    case text
    /// A sentence ended, or the text begins.
    case sentence

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  /// UTF-8 places in the text.
  let start: Int
  var end: Int
  var classes: WordClass
  var value: Int
  let before: Separator
  /// A sentence ended between this token and the one before.
  let startsSentence: Bool
  /// The word begins with a capital letter of a script with case.
  let isCapital: Bool
  /// The number of the English word in the lexicon; 0 for all others.
  let word: UInt16

  /// The token begins with an ASCII digit.
  let isDigits: Bool

  /// Nothing but spaces, a hyphen or a comma lies between this token and the one before.
  var isAdjacent: Bool { before <= .comma }
}
