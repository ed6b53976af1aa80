// The distinct words of a source.
//
// Most words of a text have come before. What is costly to find out about a word (its terms, its tokens, its
// classes) is found out once and kept under the word's bytes, so that reading a text is one hash look-up a word.
// A word is what stands between white space, punctuation included: its tokens with a space before it then add up to
// those of the line, for the pre-tokenizers of both vocabularies cut before every such space.

/// The distinct words of a source with their terms, tokens and traits.
struct WordTable {
  struct Word {
    /// The bytes in `bytes`.
    let text: Range<Int>
    /// The distinct terms in `terms`.
    let terms: Range<Int>
    /// Tokens with a space before the word.
    let tokens: Int
    let traits: WordTraits
  }

  private(set) var words: [Word] = []
  private(set) var terms: [Int32] = []
  private(set) var termCount = 0
  /// Whether a term is a number in digits.
  private(set) var isNumber: [Bool] = []

  private var bytes: [UInt8] = []
  private var slots = [Int32](repeating: -1, count: 1 << 12)
  private var hashes: [UInt64] = []
  private var numbers: [String: Int32] = [:]
  private let analyzer = TermAnalyzer()
  private let count: (String) -> Int

  init(count: @escaping (String) -> Int) { self.count = count }

  /// The number of a word that is not empty.
  mutating func number(of word: UnsafeBufferPointer<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in word { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    hash ^= hash >> 29
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if hashes[number] == hash, isSame(word, as: words[number].text) { return number }
      slot = (slot + 1) & mask
    }
    return insert(word, hash)
  }

  func text(of number: Int) -> ArraySlice<UInt8> { bytes[words[number].text] }

  private func isSame(_ word: UnsafeBufferPointer<UInt8>, as text: Range<Int>) -> Bool {
    guard word.count == text.count else { return false }
    for index in 0..<word.count where word[index] != bytes[text.lowerBound + index] { return false }
    return true
  }

  private mutating func insert(_ word: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> Int {
    if words.count * 2 >= slots.count { grow() }
    let number = words.count
    let spaced = " " + String(decoding: word, as: UTF8.self)
    let start = bytes.count
    bytes.append(contentsOf: word)
    let first = terms.count
    for term in analyzer.terms(in: spaced) {
      let known = numbers[term] ?? Int32(termCount)
      if Int(known) == termCount {
        numbers[term] = known
        termCount += 1
        isNumber.append(term.utf8.first.map(ASCII.isDigit) ?? false)
      }
      if !terms[first...].contains(known) { terms.append(known) }
    }
    words.append(
      Word(
        text: start..<bytes.count,
        terms: first..<terms.count,
        tokens: count(spaced),
        traits: WordTraits(word)
      )
    )
    hashes.append(hash)
    place(number, hash)
    return number
  }

  private mutating func place(_ number: Int, _ hash: UInt64) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 { slot = (slot + 1) & mask }
    slots[slot] = Int32(number)
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for number in words.indices { place(number, hashes[number]) }
  }
}
