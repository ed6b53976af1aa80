// A number from its first digit on, with its unit or the noun that it counts.
//
// `1,204.50`, `3.5 GB`, `45 %`, `$1.2M`, `12만 원`, `300개`, "5-year", "1,204 bad rows". The value is made exact and
// free of its spelling; a unit gets one name. A counted noun is part of the text, so that the number tells
// something where it stands alone, and its last word is part of the normal form, but not of the comparison: see
// `IdentifierSet`.

/// Reads one number.
struct NumberReader {
  let bytes: UnsafeBufferPointer<UInt8>
  var start: Int
  var end: Int
  private(set) var weight = IdentifierWeights.smallNumber
  var value: DecimalValue?
  var unit = ""
  private var hasNoun = false
  let digits: Range<Int>
  /// The number is one of a date, which other rules read.
  var isOfDate = false
  /// The digits end a whole number, not a part of some code.
  var isWhole = true

  /// - Parameters:
  ///   - start: where the first digit stands.
  ///   - currency: the name of the money whose sign stands before it.
  ///   - isLabel: the number names what stands before it ("Step 2"), so it counts nothing.
  init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, currency: String? = nil, isLabel: Bool = false) {
    self.bytes = bytes
    self.start = start
    end = Self.endOfDigits(bytes, from: start)
    digits = start..<end
    value = DecimalValue(bytes[digits])
    if bytes.byte(at: end) == UInt8(ascii: "."), ASCII.isDigit(bytes.byte(at: end + 1)) { isWhole = false }
    readSuffix()
    if let currency {
      unit = currency
      if bytes.byte(at: end) == 0x20 { readMagnitude(at: end + 1) }
    } else if unit.isEmpty, isWhole, !isOfDate {
      readUnit(isLabel: isLabel)
    }
    rank()
  }

  /// The digits of a number with groups and a fraction.
  static func endOfDigits(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var end = start
    while ASCII.isDigit(bytes.byte(at: end)) { end += 1 }
    if end - start <= 3 {
      while bytes.byte(at: end) == UInt8(ascii: ","),
        (1...3).allSatisfy({ ASCII.isDigit(bytes.byte(at: end + $0)) }),
        !ASCII.isDigit(bytes.byte(at: end + 4))
      {
        end += 4
      }
    }
    if bytes.byte(at: end) == UInt8(ascii: "."), ASCII.isDigit(bytes.byte(at: end + 1)) {
      end += 1
      while ASCII.isDigit(bytes.byte(at: end)) { end += 1 }
    }
    return end
  }

  // MARK: What follows the digits

  private mutating func readSuffix() {
    let next = bytes.byte(at: end)
    if next == UInt8(ascii: "%") {
      take("%", end + 1)
    } else if ASCII.isLetter(next) {
      readAttachedWord()
    } else if next == UInt8(ascii: "_") {
      isWhole = false
    } else if next >= 0x80 {
      readLongSuffix()
    } else if next == UInt8(ascii: "-"), ASCII.isLetter(bytes.byte(at: end + 1)) {
      // "5-year", "3-bedroom"
      if let (unit, after) = unit(at: end + 1, isAttached: false) { take(unit, after) }
    }
  }

  mutating func take(_ name: String, _ place: Int) {
    unit = name
    end = place
  }

  private mutating func readAttachedWord() {
    if readExponent() { return }
    var after = end
    while ASCII.isLetter(bytes.byte(at: after)), after - end < 14 { after += 1 }
    let follower = bytes.byte(at: after)
    guard !ASCII.isAlphanumeric(follower), follower != UInt8(ascii: "_") else {
      isWhole = false
      return
    }
    if let found = unit(at: end, isAttached: true) { return take(found.name, found.end) }
    guard after - end <= 2, let power = power(ofSuffix: end..<after), let scaled = value?.scaled(by: power)
    else {
      isWhole = false
      return
    }
    value = scaled
    end = after
  }

  private func power(ofSuffix range: Range<Int>) -> Int? {
    let first = bytes[range.lowerBound]
    if range.count == 2 {
      return first | 0x20 == UInt8(ascii: "b") && bytes[range.lowerBound + 1] == UInt8(ascii: "n") ? 9 : nil
    }
    switch first {
    case UInt8(ascii: "k"), UInt8(ascii: "K"): return 3
    case UInt8(ascii: "M"): return 6
    case UInt8(ascii: "B"): return 9
    default: return nil
    }
  }

  /// The exponent of `1e-3`.
  private mutating func readExponent() -> Bool {
    guard bytes.byte(at: end) | 0x20 == UInt8(ascii: "e") else { return false }
    var index = end + 1
    if bytes.byte(at: index) == UInt8(ascii: "-") || bytes.byte(at: index) == UInt8(ascii: "+") { index += 1 }
    let first = index
    while ASCII.isDigit(bytes.byte(at: index)) { index += 1 }
    guard (1...3).contains(index - first), !ASCII.isLetter(bytes.byte(at: index)) else { return false }
    end = index
    value = nil
    return true
  }

  /// The unit whose name stands at a place as a whole word, with a rate behind it.
  private func unit(at place: Int, isAttached: Bool) -> (name: String, end: Int)? {
    var key = EnglishLexicon.Key()
    var index = place
    while ASCII.isLetter(bytes.byte(at: index)), index - place < 14 {
      key.append(bytes[index] | 0x20)
      index += 1
    }
    guard index > place, !ASCII.isAlphanumeric(bytes.byte(at: index)),
      bytes.byte(at: index) != UInt8(ascii: "="),
      let unit = MeasureUnits.unit(key),
      isAttached || !unit.isAttachedOnly
    else { return nil }
    // K, M and B behind a number are powers of ten; so is "k".
    if isAttached, index - place == 1,
      [UInt8(ascii: "M"), UInt8(ascii: "B"), UInt8(ascii: "k"), UInt8(ascii: "K")].contains(bytes[place])
    {
      return nil
    }
    guard bytes.byte(at: index) == UInt8(ascii: "/") else { return (unit.name, index) }
    for (text, name) in MeasureUnits.perTimes {
      let after = index + 1 + text.utf8CodeUnitCount
      guard after <= bytes.count, !ASCII.isAlphanumeric(bytes.byte(at: after)) else { continue }
      let rest = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
      if bytes[index + 1..<after].elementsEqual(rest) { return ("\(unit.name)/\(name)", after) }
    }
    return (unit.name, index)
  }

  // MARK: Behind a space

  private mutating func readUnit(isLabel: Bool) {
    guard bytes.byte(at: end) == 0x20 else { return }
    let next = bytes.byte(at: end + 1)
    if next == UInt8(ascii: "%") { return take("%", end + 2) }
    if next >= 0xE3 {
      if let (name, after) = counter(at: end + 1) { take(name, after) }
      return
    }
    readMagnitude(at: end + 1)
    guard bytes.byte(at: end) == 0x20 || end > digits.upperBound else { return }
    let place = bytes.byte(at: end) == 0x20 ? end + 1 : end
    if let (name, after) = unit(at: place, isAttached: false) {
      take(name, after)
    } else if !isLabel, let noun = CountedNoun(bytes, from: place) {
      unit = noun.head
      end = noun.end
      hasNoun = true
    }
  }

  /// The power of ten of "3 million".
  private mutating func readMagnitude(at place: Int) {
    var key = EnglishLexicon.Key()
    var index = place
    while ASCII.isLetter(bytes.byte(at: index)), index - place < 9 {
      key.append(bytes[index] | 0x20)
      index += 1
    }
    guard let power = MeasureUnits.powers[key], !ASCII.isAlphanumeric(bytes.byte(at: index)),
      let scaled = value?.scaled(by: power)
    else { return }
    value = scaled
    end = index
  }

  // MARK: Result

  private mutating func rank() {
    let count = digits.count
    if hasNoun {
      weight = count > 1 ? IdentifierWeights.counted : IdentifierWeights.countedWord
    } else if unit == "th" {
      weight = IdentifierWeights.countedWord
    } else if !unit.isEmpty {
      let isMoney = ["usd", "eur", "gbp", "krw", "jpy", "cny"].contains(unit)
      weight =
        isMoney
        ? IdentifierWeights.money
        : MeasureUnits.isMeasure(unit.prefix { $0 != "/" })
          ? IdentifierWeights.measure : IdentifierWeights.counted
    } else {
      let isLong = count > 3 || end > digits.upperBound
      weight =
        isLong
        ? IdentifierWeights.longNumber : count > 1 ? IdentifierWeights.number : IdentifierWeights.smallNumber
    }
  }

  func find(isNegative: Bool = false, start: Int? = nil) -> IdentifierFind {
    let digits = bytes[digits]
    var text = value?.text ?? String(decoding: digits.filter { $0 != UInt8(ascii: ",") }, as: UTF8.self)
    if value == nil, end > digits.endIndex, unit.isEmpty {
      text = String(decoding: bytes[digits.startIndex..<end], as: UTF8.self).lowercased()
    }
    let normal = (isNegative ? "-" : "") + (unit.isEmpty ? text : "\(text) \(unit)")
    return IdentifierFind(.number, start ?? self.start, end, weight, normal: normal)
  }
}
