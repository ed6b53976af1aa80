/// English numbers in words, with the noun or unit behind them.
struct NumberWords {
  let find: IdentifierFind

  private static let values: [EnglishLexicon.Key: Int] = {
    let small = [
      "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
      "thirteen",
      "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ]
    let tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    var values: [EnglishLexicon.Key: Int] = [:]
    for (index, word) in small.enumerated() { values[EnglishLexicon.Key(word)] = index + 1 }
    for (index, word) in tens.enumerated() { values[EnglishLexicon.Key(word)] = 10 * index + 20 }
    values[EnglishLexicon.Key("dozen")] = 12
    return values
  }()

  /// Number words that the lexicon of times does not have; a power of ten alone counts as "a" of it.
  static func isNumber(_ key: EnglishLexicon.Key) -> Bool { other.contains(key) }

  private static let other = IdentifierWords.words("sixty seventy eighty ninety dozen")

  init?(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) {
    var value: Int
    var place = end
    if let hyphen = (start..<end).first(where: { bytes[$0] == UInt8(ascii: "-") }) {
      let (first, second) = (Self.word(bytes, at: start), Self.word(bytes, at: hyphen + 1))
      guard let tens = first.value, second.end == end, let ones = second.value, first.end == hyphen else {
        return nil
      }
      guard tens >= 20, tens < 100, ones < 10 else {
        return nil
      }
      value = tens + ones
    } else {
      guard let read = Self.word(bytes, at: start).value, read > 1 else { return nil }
      value = read
    }
    // "two hundred", "three million": one power of ten.
    if bytes.byte(at: place) == 0x20, let power = MeasureUnits.powers[Self.word(bytes, at: place + 1).key] {
      for _ in 0..<power { value *= 10 }
      place = Self.word(bytes, at: place + 1).end
    }
    var weight = IdentifierWeights.smallNumber
    var unit = ""
    if bytes.byte(at: place) == 0x20 || bytes.byte(at: place) == UInt8(ascii: "-") {
      let word = Self.word(bytes, at: place + 1)
      if let found = MeasureUnits.unit(word.key), !found.isAttachedOnly, word.end - place > 3,
        !ASCII.isAlphanumeric(bytes.byte(at: word.end))
      {
        (unit, place, weight) = (found.name, word.end, IdentifierWeights.counted)
      } else if bytes[place] == 0x20, let noun = CountedNoun(bytes, from: place + 1) {
        (unit, place, weight) = (noun.head, noun.end, IdentifierWeights.countedWord)
      }
    }
    find = IdentifierFind(
      .number,
      start,
      place,
      weight,
      normal: unit.isEmpty ? "\(value)" : "\(value) \(unit)"
    )
  }

  private static func word(
    _ bytes: UnsafeBufferPointer<UInt8>,
    at start: Int
  ) -> (key: EnglishLexicon.Key, end: Int, value: Int?) {
    var key = EnglishLexicon.Key()
    var end = start
    while ASCII.isLetter(bytes.byte(at: end)), end - start < 14 {
      key.append(bytes[end] | 0x20)
      end += 1
    }
    return (key, end, values[key])
  }
}
