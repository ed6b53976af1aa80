/// The English words and set phrases with their classes: one hash look-up a word, phrases by their first word.
struct EnglishLexicon: Sendable {
  struct Phrase: Sendable {
    let words: [UInt16]
    let classes: WordClass
    let value: Int
  }

  /// A word of up to 16 bytes; longer ones are not in the lexicon.
  struct Key: Hashable, Sendable {
    var low: UInt64 = 0
    var high: UInt64 = 0

    @inline(__always)
    mutating func append(_ byte: UInt8) {
      high = high &<< 8 | low &>> 56
      low = low &<< 8 | UInt64(byte)
    }
  }

  private(set) var classes: [WordClass] = [[]]
  private(set) var values: [Int] = [0]
  /// The phrases that begin with a word, longest first.
  private(set) var phrases: [[Phrase]] = [[]]
  private var keys: [Key]
  private var numbers: [UInt16]
  private static let slots = 2048

  init() {
    keys = .init(repeating: Key(), count: Self.slots)
    numbers = .init(repeating: 0, count: Self.slots)
    Self.addTimes(to: &self)
    Self.addMarks(to: &self)
    Self.addQuestions(to: &self)
  }

  static let shared = EnglishLexicon()

  /// The word's number, 0 if it is not in the lexicon.
  @inline(__always)
  func number(of key: Key) -> UInt16 {
    var slot = Self.slot(key)
    while numbers[slot] != 0 {
      if keys[slot] == key { return numbers[slot] }
      slot = (slot &+ 1) & (Self.slots - 1)
    }
    return 0
  }

  private static func slot(_ key: Key) -> Int {
    let mixed = (key.low ^ key.high &* 0xD6E8_FEB8_6659_FD93) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> 53)
  }

  /// Adds words, or phrases whose words are joined by `_`, parted by spaces.
  mutating func add(_ words: String, _ classes: WordClass, _ value: Int = 0) {
    for phrase in words.split(whereSeparator: \.isWhitespace) {
      let numbers = phrase.split(separator: "_").map { number(adding: $0) }
      guard let first = numbers.first.map(Int.init) else { continue }
      if numbers.count == 1 {
        self.classes[first].formUnion(classes)
        if value != 0 { values[first] = value }
      } else {
        let place = phrases[first].firstIndex { $0.words.count < numbers.count } ?? phrases[first].endIndex
        phrases[first].insert(Phrase(words: numbers, classes: classes, value: value), at: place)
      }
    }
  }

  private mutating func number(adding word: Substring) -> UInt16 {
    var key = Key()
    for byte in word.utf8 { key.append(byte) }
    let known = number(of: key)
    if known != 0 { return known }
    let number = UInt16(classes.count)
    classes.append([])
    values.append(0)
    phrases.append([])
    var slot = Self.slot(key)
    while numbers[slot] != 0 { slot = (slot + 1) & (Self.slots - 1) }
    keys[slot] = key
    numbers[slot] = number
    return number
  }
}
