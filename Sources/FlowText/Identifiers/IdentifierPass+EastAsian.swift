/// Hangul, Han and Kana: paths with such names, words of dates, persons with a title, places by their suffix.
extension IdentifierPass {
  private static let longestPath = 512

  mutating func readEastAsian(from start: Int, _ first: Unicode.Scalar) -> Int {
    line.isEmpty = false
    let isHangul = ScalarClass(first) == .hangul
    var end = start
    while end < bytes.count, bytes[end] >= 0x80 {
      let (scalar, length) = bytes.scalar(at: end)
      let kind = ScalarClass(scalar)
      guard kind == (isHangul ? .hangul : .unspaced) || kind == .ignorable && end > start else { break }
      if !isHangul, !line.hasDate, Self.isDateSign(scalar) { line.hasDate = true }
      end += length
    }
    let next = bytes.byte(at: end)
    if next == UInt8(ascii: "/") || next == UInt8(ascii: ".") || next == UInt8(ascii: "_"),
      let found = readEastAsianPath(from: start)
    {
      return found
    }
    startsSentence = false
    names.close()
    if isHangul { readHangulWord(start..<end) } else { readHonorific(start..<end) }
    lastWord = Word()
    return end
  }

  private static func isDateSign(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "年", "月", "号", "號", "曜", "週", "周", "昨", "今", "明", "去", "来", "來", "春", "夏", "秋", "冬": true
    default: false
    }
  }

  // MARK: Paths

  /// `문서/보고서.pdf를`: segments in any script; a particle behind the extension is left out.
  mutating func readEastAsianPath(from start: Int) -> Int? {
    guard start >= pathlessEnd else { return nil }
    var end = start
    while end < bytes.count, end - start < Self.longestPath {
      if traits[Int(bytes[end])] != 0 {
        end += 1
      } else if bytes[end] >= 0x80, case let (scalar, length) = bytes.scalar(at: end),
        ScalarClass(scalar) != .separator
      {
        end += length
      } else {
        break
      }
    }
    pathlessEnd = end
    while end > start, ".:'".utf8.contains(bytes[end - 1]) { end -= 1 }
    var first = start
    if let cut = border(in: start..<end, fromLetters: false), cut < (firstSlash(start..<end) ?? end) {
      first = cut
    }
    let segment = bytes[first..<end].lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? first
    if let cut = border(in: segment..<end, fromLetters: true) { end = cut }
    guard end > first, let weight = PathShape(bytes, first..<end).weight, weight > IdentifierWeights.folder
    else { return nil }
    let isFile = bytes[first..<end].contains(UInt8(ascii: "/"))
    append(IdentifierFind(.path, first, end, isFile ? weight : IdentifierWeights.fileName))
    line.isEmpty = false
    startsSentence = false
    return end
  }

  private func firstSlash(_ range: Range<Int>) -> Int? { bytes[range].firstIndex(of: UInt8(ascii: "/")) }

  /// Where an East Asian letter stands right behind an ASCII one, or the other way round.
  private func border(in range: Range<Int>, fromLetters: Bool) -> Int? {
    for index in range.dropFirst() where bytes[index] & 0xC0 != 0x80 {
      let isLetter = ASCII.isAlphanumeric(bytes[index - 1])
      if fromLetters, isLetter, bytes[index] >= 0xE1 { return index }
      if !fromLetters, !isLetter, bytes[index - 1] >= 0x80, ASCII.isAlphanumeric(bytes[index]) {
        return index
      }
    }
    return nil
  }

  // MARK: Hangul

  private mutating func readHangulWord(_ word: Range<Int>) {
    if !line.hasDate {
      let found = PhraseTable.hangul.match(
        bytes,
        at: word.lowerBound,
        first: bytes.scalar(at: word.lowerBound).scalar
      ) {
        $0.classes.has([.relativeDay, .relativeUnit, .weekday, .daySpan, .modifier])
      }
      if found != nil { line.hasDate = true }
    }
    if let (range, weight) = KoreanNames.name(bytes, word) {
      append(IdentifierFind(.name, range.lowerBound, range.upperBound, weight))
    }
    if let number = KoreanNames.nativeNumber(bytes, word) { append(number) }
  }

  /// 田中さん, 山田氏: one to four Han characters before an honorific.
  private mutating func readHonorific(_ run: Range<Int>) {
    guard run.count >= 9, run.count <= 600 else { return }
    var index = run.lowerBound
    while index + 6 <= run.upperBound {
      let isMark = Self.honorifics.contains { bytes[index..<run.upperBound].starts(with: $0) }
      if isMark {
        var first = index
        while first - 3 >= run.lowerBound, index - first < 12, isHan(at: first - 3) { first -= 3 }
        let before = first >= 3 ? bytes[first - 3..<first] : bytes[first..<first]
        let isKin = before.elementsEqual("お".utf8) || before.elementsEqual("ご".utf8)
        if index - first >= 6, !isKin, !Self.kin.contains(where: { bytes[first..<index].elementsEqual($0) }) {
          append(IdentifierFind(.name, first, index, IdentifierWeights.name))
        }
        index += 6
      } else {
        index += bytes.scalar(at: index).length
      }
    }
  }

  private func isHan(at place: Int) -> Bool {
    (0x4E00...0x9FFF).contains(bytes.scalar(at: place).scalar.value)
  }

  private static let honorifics = ["さん", "くん", "先生", "さま"].map { Array($0.utf8) }
  private static let kin = ["息子", "娘", "皆", "奥", "子供", "担当", "看護師", "学校", "新任"].map { Array($0.utf8) }
}
