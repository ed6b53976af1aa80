/// What begins with a digit, a sign of money or a number word.
extension IdentifierPass {
  mutating func readDigits(_ core: Range<Int>, _ bits: UInt16, after before: Word) -> Int {
    let start = core.lowerBound
    if isListNumber(core) {
      startsSentence = true
      return core.upperBound
    }
    if bits & (ByteTraits.hyphen | ByteTraits.slash | ByteTraits.dot | ByteTraits.colon) != 0,
      let end = readDateOrClock(core, bits)
    {
      return end
    }
    if let clock = ClockReader(bytes, from: start), clock.isMarked {
      append(clock.find)
      return clock.end
    }
    if let clock = EastAsianClock(bytes, from: start) {
      append(clock.find)
      return clock.end
    }
    let isBehindWord = before.end + 1 == start && bytes[before.end] == 0x20
    let isLabel = isBehindWord && (before.isCapital || IdentifierWords.labels.contains(before.key))
    let number = NumberReader(bytes, from: start, isLabel: isLabel)
    if number.isOfDate {
      line.hasDate = true
      return number.end
    }
    if number.isWhole, number.end >= core.upperBound {
      appendNumber(number, behind: isBehindWord ? before : nil)
      return number.end
    }
    if let find = digitsFind(core, bits) {
      append(find)
      return core.upperBound
    }
    if number.isWhole {
      append(number.find(isNegative: isNegative(start), start: isNegative(start) ? start - 1 : nil))
      let sign = number.end < core.upperBound ? traits[Int(bytes[number.end])] & ~ByteTraits.alphanumeric : 0
      return split(from: number.end, to: core.upperBound, at: sign)
    }
    // Letters or full stops follow that make nothing of it.
    return core.upperBound
  }

  /// `1.` and `2)` at the head of a line.
  private func isListNumber(_ core: Range<Int>) -> Bool {
    guard core.count < 4, startsSentence,
      bytes.byte(at: core.upperBound) == UInt8(ascii: ".")
        || bytes.byte(at: core.upperBound) == UInt8(ascii: ")"), core.allSatisfy({ ASCII.isDigit(bytes[$0]) })
    else { return false }
    let next = bytes.byte(at: core.upperBound + 1)
    guard next == 0x20 || next == 0x0A || next == 0 else { return false }
    return bytes.skippingWhiteSpace(from: line.start, to: core.lowerBound) == core.lowerBound
  }

  /// A minus sign, where it stands for none of a range or a list.
  private func isNegative(_ start: Int) -> Bool {
    guard bytes.byte(at: start - 1) == UInt8(ascii: "-") else { return false }
    let before = bytes.byte(at: start - 2)
    return before == 0x20 && start - 1 > line.start || before == UInt8(ascii: "(")
      || before == UInt8(ascii: "=")
  }

  private mutating func appendNumber(_ number: NumberReader, behind word: Word?) {
    var find = number.find(isNegative: isNegative(number.start))
    if isNegative(number.start) { find.start -= 1 }
    if let word {
      // "in 2023", "Python 3.12"
      let isPlain = find.end == NumberReader.endOfDigits(bytes, from: number.start)
      if isPlain, IdentifierWords.products.contains(word.key) {
        return append(IdentifierFind(.version, word.start, find.end, IdentifierWeights.shortVersion))
      }
      if isPlain, find.end - find.start == 4, let year = find.normal.flatMap({ Int($0) }),
        (1900...2099).contains(year),
        word.classes.has([.beforeYear, .month, .season, .ambiguousMonth])
      {
        return append(
          IdentifierFind(.date, find.start, find.end, IdentifierWeights.year, normal: find.normal)
        )
      }
    }
    append(find)
  }

  /// Codes that begin with a digit: `4WQ150`, `1.2.3`, `3f2a9c1`, `10.0.0.1`, telephone numbers, paths.
  private mutating func digitsFind(_ core: Range<Int>, _ bits: UInt16) -> IdentifierFind? {
    let start = core.lowerBound
    let end = core.upperBound
    if bits & ByteTraits.slash != 0 {
      if let weight = PathShape(bytes, core).weight { return IdentifierFind(.path, start, end, weight) }
      let isFraction =
        core.count < 8 && bits & ~(ByteTraits.digit | ByteTraits.slash) == 0
        && core.count(where: { bytes[$0] == UInt8(ascii: "/") }) == 1
      return isFraction ? IdentifierFind(.number, start, end, IdentifierWeights.number) : nil
    }
    if isUUID(core) { return IdentifierFind(.hash, start, end, IdentifierWeights.uuid) }
    if bits & ~ByteTraits.alphanumeric == 0, let weight = hashWeight(core, bits) {
      return IdentifierFind(.hash, start, end, weight)
    }
    if isAddress(core) { return IdentifierFind(.url, start, end, IdentifierWeights.address) }
    if isVersion(core) { return IdentifierFind(.version, start, end, IdentifierWeights.version) }
    if bits & ByteTraits.dot != 0, FileNames.isFile(bytes, core) {
      return IdentifierFind(.path, start, end, IdentifierWeights.fileName)
    }
    if isTelephone(core, bits) { return IdentifierFind(.id, start, end, IdentifierWeights.code) }
    if bits & ~(ByteTraits.digit | ByteTraits.upper) == 0 {
      return core.count > 2 ? digitCode(core, bits) : nil
    }
    let isCode = bits & ByteTraits.low != 0 || core.count > 7 && bits & ByteTraits.upper != 0
    return isCode && bits & (ByteTraits.dot | ByteTraits.colon | ByteTraits.sign) == 0
      ? IdentifierFind(.id, start, end, IdentifierWeights.code) : nil
  }

  /// Groups of digits with two hyphens or more, seven digits in all.
  private func isTelephone(_ core: Range<Int>, _ bits: UInt16) -> Bool {
    guard bits & ~(ByteTraits.digit | ByteTraits.hyphen) == 0 else { return false }
    let hyphens = core.count { bytes[$0] == UInt8(ascii: "-") }
    return hyphens > 1 && core.count - hyphens > 6
      || hyphens == 1 && core.count == 8 && bytes[core.lowerBound + 3] == 0x2D
  }

  // MARK: Dates and clock times in digits

  private mutating func readDateOrClock(_ core: Range<Int>, _ bits: UInt16) -> Int? {
    let start = core.lowerBound
    let reading = DigitsReader(bytes, from: start)
    if reading.classes.has([.date, .eitherDate]) {
      var end = start
      while end < reading.end, ASCII.isDigit(bytes[end]) || "-/.".utf8.contains(bytes[end]) { end += 1 }
      append(IdentifierFind(.date, start, end, IdentifierWeights.day, normal: DateNormal.day(reading)))
      guard end < reading.end, let clock = ClockReader(bytes, from: end + 1) else {
        return max(end, reading.end)
      }
      append(clock.find)
      return max(clock.end, reading.end)
    }
    if let clock = ClockReader(bytes, from: start) {
      append(clock.find)
      return clock.end
    }
    if let end = readNamedMonth(core, bits) { return end }
    // `1:6`, a score or a scale.
    if bits == ByteTraits.digit | ByteTraits.colon, core.count < 8,
      core.count(where: { bytes[$0] == UInt8(ascii: ":") }) == 1
    {
      append(IdentifierFind(.number, start, core.upperBound, IdentifierWeights.number))
      return core.upperBound
    }
    // `2024-04`
    if core.count == 7, bytes[start + 4] == UInt8(ascii: "-"),
      core.allSatisfy({ $0 == start + 4 || ASCII.isDigit(bytes[$0]) }),
      bytes[start] == 0x31 || bytes[start] == 0x32,
      let month = DecimalValue(bytes[start + 5..<start + 7])?.whole,
      (1...12).contains(month)
    {
      let text = String(decoding: bytes[core], as: UTF8.self)
      append(IdentifierFind(.date, start, core.upperBound, IdentifierWeights.month, normal: text))
      return core.upperBound
    }
    return nil
  }

  /// `22/Nov/2025:13:25:01` of server logs, `12-Apr-2024`.
  private mutating func readNamedMonth(_ core: Range<Int>, _ bits: UInt16) -> Int? {
    guard bits & ByteTraits.upper != 0, core.count > 9 else { return nil }
    let dayEnd = core.lowerBound + (ASCII.isDigit(bytes[core.lowerBound + 1]) ? 2 : 1)
    let end = dayEnd + 9
    let sign = bytes[dayEnd]
    guard end <= core.upperBound, sign == UInt8(ascii: "/") || sign == UInt8(ascii: "-"),
      bytes[dayEnd + 4] == sign,
      let day = DecimalValue(bytes[core.lowerBound..<dayEnd])?.whole,
      bytes[dayEnd + 5..<end].allSatisfy(ASCII.isDigit), !ASCII.isDigit(bytes.byte(at: end)),
      let year = DecimalValue(bytes[dayEnd + 5..<end])?.whole
    else { return nil }
    var name = EnglishLexicon.Key()
    for index in dayEnd + 1..<dayEnd + 4 { name.append(bytes[index] | 0x20) }
    let number = Int(lexicon.number(of: name))
    guard lexicon.classes[number].has([.shortMonth, .ambiguousMonth]),
      let date = CivilCalendar.day(year, lexicon.values[number], day)
    else { return nil }
    append(IdentifierFind(.date, core.lowerBound, end, IdentifierWeights.day, normal: DateNormal.day(date)))
    guard bytes.byte(at: end) == UInt8(ascii: ":"), let clock = ClockReader(bytes, from: end + 1) else {
      return end
    }
    append(clock.find)
    return clock.end
  }

  // MARK: Money

  /// `$1,204.50`, `₩12,000`, `$1.2M`.
  mutating func readMoney(from start: Int, digits: Int) -> Int {
    line.isEmpty = false
    startsSentence = false
    let currency = MeasureUnits.currency(bytes.scalar(at: start).scalar)
    let number = NumberReader(bytes, from: digits, currency: currency)
    guard number.isWhole else { return max(number.end, digits + 1) }
    append(number.find(start: start))
    lastWord = Word(start: start, end: number.end)
    return number.end
  }

  // MARK: Number words

  /// "Three kids", "twenty-five dollars", "two hundred steps".
  mutating func readNumberWord(_ start: Int, _ end: Int) {
    guard let number = NumberWords(bytes, from: start, to: end) else { return }
    append(number.find)
  }
}
