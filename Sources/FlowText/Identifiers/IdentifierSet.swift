// The one place that says when an identifier stands in other texts.
//
// Two questions are asked: which identifiers of a source a summary carried, and which identifiers of a summary its
// source does not back. Both compare normal forms, and both must see through formatting:
//
// - A number is there if its value is, unless both sides name a unit of measure and these differ: `1,204 rows` is
//   backed by 1204, `3.5 GB` is not by `3.5 MB`. Counted nouns are never compared.
// - A date is there if all it says is said: `12 April` is backed by 2024-04-12, not the other way round; but parts
//   that stand apart, `April 12` and `2024`, back the whole. Of a date with two readings one must be there.
// - A time is there to the precision it has; one without a.m. or p.m. can be in either half of the day.
// - A hash is there if one begins with the other (seven digits or more).
// - A version is there if its number is, with or without the name of the product.
// - All else is there if its normal form is, or if its words stand in the text, in this order and whole, whatever
//   the signs between them: a path by its last segments, a command without its back-ticks, a name by its surname.

/// The identifiers of some texts, to be asked for by other texts' identifiers.
public struct IdentifierSet: Sendable {
  private var forms: Set<String> = []
  /// The units that stand with a value; empty for none.
  private var numbers: [String: Set<String>] = [:]
  private var dates: Set<String> = []
  private var times: Set<String> = []
  private var hashes: [String] = []
  private var words = FoldedText()

  /// The identifiers of the texts, which need not belong together.
  public init(_ texts: some Sequence<String>, scanner: IdentifierScanner = IdentifierScanner()) {
    for text in texts {
      for identifier in scanner.identifiers(in: text) { insert(identifier) }
      words.append(text)
    }
    hashes.sort()
  }

  public init(_ text: String) { self.init(CollectionOfOne(text)) }

  /// Whether the texts hold the identifier in any way of writing it.
  public func contains(_ identifier: Identifier) -> Bool {
    switch identifier.kind {
    case .number: hasNumber(identifier.normal)
    case .date: hasDate(identifier.normal)
    case .time: hasTime(identifier.normal)
    case .hash: hasHash(identifier.normal) || hasWords(identifier)
    case .version: hasVersion(identifier.normal)
    case .path, .url, .email, .id, .command, .quoted, .name: hasWords(identifier)
    }
  }

  /// The identifiers of a text that stand nowhere in these texts.
  public func missing(of identifiers: some Sequence<Identifier>) -> [Identifier] {
    identifiers.filter { !contains($0) }
  }

  // MARK: Building

  private mutating func insert(_ identifier: Identifier) {
    let normal = identifier.normal
    switch identifier.kind {
    case .number: insertNumber(normal)
    case .date:
      for reading in normal.split(separator: "|") { dates.formUnion(Self.generalised(String(reading))) }
    case .time:
      times.insert(normal)
      if normal.utf8.count > 5 { times.insert(Self.withoutSeconds(normal)) }
    case .hash: hashes.append(normal)
    case .version:
      forms.insert(normal)
      let number = Self.versionNumber(normal)
      forms.insert(number)
      numbers[number, default: []].insert("")
    case .id:
      forms.insert(normal)
      if normal.first == "#" { numbers[String(normal.dropFirst()), default: []].insert("") }
    default: forms.insert(normal)
    }
  }

  private mutating func insertNumber(_ normal: String) {
    let (value, unit) = Self.parts(ofNumber: normal)
    numbers[value, default: []].insert(unit)
  }

  // MARK: Numbers

  private static func parts(ofNumber normal: String) -> (value: String, unit: String) {
    guard let space = normal.firstIndex(of: " ") else { return (normal, "") }
    let unit = normal[normal.index(after: space)...]
    let isMeasure = MeasureUnits.isMeasure(unit.prefix { $0 != "/" })
    return (String(normal[..<space]), isMeasure ? String(unit) : "")
  }

  private func hasNumber(_ normal: String) -> Bool {
    let (value, unit) = Self.parts(ofNumber: normal)
    if let units = numbers[value] { return unit.isEmpty || units.contains(unit) || units.contains("") }
    // A year is a number too.
    return unit.isEmpty && value.utf8.count == 4 && dates.contains(value)
  }

  // MARK: Dates

  /// A date and all that it implies: its month and year, its day of the year, and so on.
  private static func generalised(_ date: String) -> [String] {
    let bytes = Array(date.utf8)
    let isDate = bytes.allSatisfy { ASCII.isDigit($0) || $0 == UInt8(ascii: "-") }
    guard isDate, bytes.first != UInt8(ascii: "-") else {
      return isDate && bytes.count == 7 ? [date, String(date.dropLast(3))] : [date]
    }
    switch bytes.count {
    case 10:
      return [
        date, String(date.prefix(7)), String(date.prefix(4)), "-" + date.dropFirst(4),
        "-" + date.dropFirst(4).prefix(3),
      ]
    case 7: return [date, String(date.prefix(4)), "-" + date.dropFirst(4)]
    default: return [date]
    }
  }

  private func hasDate(_ normal: String) -> Bool {
    normal.split(separator: "|").contains { reading in
      let date = String(reading)
      if dates.contains(date) { return true }
      let bytes = date.utf8
      guard bytes.first.map(ASCII.isDigit) == true else {
        return bytes.first != UInt8(ascii: "-") && words.contains(date)
      }
      if bytes.count == 4 { return numbers[date] != nil }
      guard bytes.count == 7 || bytes.count == 10, !date.contains("S") else { return words.contains(date) }
      // The year and the rest may stand apart.
      let year = String(date.prefix(4))
      return (dates.contains(year) || numbers[year] != nil) && dates.contains("-" + date.dropFirst(4))
    }
  }

  // MARK: Times

  private static func withoutSeconds(_ normal: String) -> String {
    guard let colon = normal.lastIndex(of: ":"), normal.firstIndex(of: ":") != colon else { return normal }
    return String(normal[..<colon])
  }

  private func hasTime(_ normal: String) -> Bool {
    if times.contains(normal) { return true }
    guard let colon = normal.firstIndex(of: ":"), let hour = Int(normal[..<colon]) else { return false }
    let tail = normal[colon...]
    let isUnsure = normal.first != "0" && hour <= 12
    if isUnsure {
      // 3:30 is 03:30 or 15:30.
      return times.contains(ClockReader.twoDigits(hour % 12) + tail)
        || times.contains(String(hour % 12 + 12) + tail)
        || times.contains(ClockReader.twoDigits(hour) + tail)
    }
    // 15:30 is backed by 3:30.
    let half = hour % 12 == 0 ? 12 : hour % 12
    return times.contains(String(half) + tail)
  }

  // MARK: Hashes and versions

  private func hasHash(_ normal: String) -> Bool {
    var low = 0
    var high = hashes.count
    while low < high {
      let middle = (low + high) / 2
      if hashes[middle] < normal { low = middle + 1 } else { high = middle }
    }
    if low < hashes.count, hashes[low].hasPrefix(normal) { return true }
    return low > 0 && hashes[low - 1].utf8.count >= 7 && normal.hasPrefix(hashes[low - 1])
  }

  private static func versionNumber(_ normal: String) -> String {
    normal.lastIndex(of: " ").map { String(normal[normal.index(after: $0)...]) } ?? normal
  }

  private func hasVersion(_ normal: String) -> Bool {
    let number = Self.versionNumber(normal)
    return forms.contains(normal) || forms.contains(number) || numbers[number] != nil
      || words.contains(normal)
  }

  // MARK: Words

  private func hasWords(_ identifier: Identifier) -> Bool {
    forms.contains(identifier.normal) || words.contains(identifier.normal)
  }
}
