/// What the words of one line of output show.
struct OutputWords {
  private(set) var hasLetterOrDigit = false
  private(set) var hasColon = false
  /// `name.ext:12`, as behind a frame of a stack.
  private(set) var hasPlace = false
  /// `#3 0x…` or `#3 name (`.
  private(set) var isFrame = false
  /// A frame of a library or of the language itself.
  private(set) var isForeign = false
  /// Equal for lines that differ in their numbers only.
  private(set) var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  /// `ERROR …`, `[WARN] …`, `debug: …`.
  private(set) var startsWithLevel = false
  private var isError = false
  private var isWarning = false
  private var isResult = false
  private var isQuiet = false
  private var isDebug = false
  private var isZero = false
  private var hasNumber = false
  private var hasWord = false

  /// How much the line tells, in thousandths.
  var score: Int {
    if isResult, hasNumber { return 2000 }
    if isError, !isZero { return 2500 }
    if isResult { return 1500 }
    if isWarning, !isZero { return 1300 }
    if isQuiet { return 250 }
    if isDebug { return 300 }
    return 600
  }

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) {
    var index = line.lowerBound
    var before: UInt8 = 0
    while index < line.upperBound {
      let byte = bytes[index]
      if ASCII.isAlphanumeric(byte) {
        let start = index
        var digits = 0
        while index < line.upperBound, ASCII.isAlphanumeric(bytes[index]) {
          if ASCII.isDigit(bytes[index]) { digits += 1 }
          index += 1
        }
        hasLetterOrDigit = true
        if digits == 0 {
          for place in start..<index { mix(bytes[place]) }
          look(up: bytes, start..<index, isAfterZero: before == UInt8(ascii: "0"))
          before = 0
        } else {
          // Numbers, ids and hashes tell lines apart that say the same.
          if before == UInt8(ascii: ":"), ASCII.isDigit(byte), start > line.lowerBound + 1 { hasPlace = true }
          hasNumber = true
          mix(UInt8(ascii: "0"))
          before = index - start == 1 && byte == UInt8(ascii: "0") ? UInt8(ascii: "0") : 0
        }
        continue
      }
      if byte >= 0x80 { hasLetterOrDigit = true }
      if byte == UInt8(ascii: ":") { hasColon = true }
      if byte != 0x20 || before != UInt8(ascii: "0") { before = byte }
      mix(byte)
      index += 1
    }
    isFrame =
      bytes[line.lowerBound] == UInt8(ascii: "#") && line.count > 2
      && ASCII.isDigit(bytes[line.lowerBound + 1]) && (bytes[line].contains(UInt8(ascii: "(")))
  }

  private mutating func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }

  private mutating func look(up bytes: UnsafeBufferPointer<UInt8>, _ word: Range<Int>, isAfterZero: Bool) {
    let isFirst = !hasWord
    hasWord = true
    guard (2...12).contains(word.count) else {
      // ValueError, NullPointerException
      if word.count > 12 { lookAtEnd(bytes, word) }
      return
    }
    var key: UInt64 = 0
    var more: UInt64 = 0
    for index in word {
      more = more << 8 | key >> 56
      key = key << 8 | UInt64(bytes[index] | 0x20)
    }
    let kind = Self.kinds[Self.Key(low: key, high: more)]
    if isFirst, kind == .error || kind == .warning || kind == .debug || key == Self.info {
      startsWithLevel = true
    }
    switch kind {
    case .error:
      isError = true
      if isAfterZero { isZero = true }
    case .warning:
      isWarning = true
      if isAfterZero { isZero = true }
    case .result: isResult = true
    case .quiet: isQuiet = true
    case .debug: isDebug = true
    case .foreign: isForeign = true
    case nil: lookAtEnd(bytes, word)
    }
  }

  /// Types of errors have theirs as the last part of the name.
  private mutating func lookAtEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ word: Range<Int>) {
    if word.count > 5, bytes[(word.upperBound - 5)..<word.upperBound].elementsEqual("Error".utf8) {
      isError = true
    }
    if word.count > 9, bytes[(word.upperBound - 9)..<word.upperBound].elementsEqual("Exception".utf8) {
      isError = true
    }
  }

  // MARK: Words of tools

  private static let info = "info".utf8.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }

  private enum Kind { case error, warning, result, quiet, debug, foreign }

  private struct Key: Hashable {
    var low: UInt64
    var high: UInt64
  }

  private static let kinds: [Key: Kind] = {
    let words: [(Kind, String)] = [
      (
        .error,
        "error errors err failed failure failures fail fatal exception panic panicked abort aborted cannot denied"
      ),
      (
        .error,
        "undefined unable refused invalid missing segfault killed crash crashed critical timeout unreachable"
      ),
      (.error, "severe emerg alert rejected conflict unresolved overflow"),
      (.warning, "warning warnings warn deprecated skipped retry retrying"),
      (
        .result,
        "passed total succeeded success exit exited status result results finished completed summary executed"
      ),
      (.result, "insertions deletions changed elapsed duration"),
      (.quiet, "ok pass downloading fetching resolving compiling unpacking installing extracting"),
      (.debug, "debug trace verbose"),
      (.foreign, "packages modules internal frozen"),
    ]
    var kinds: [Key: Kind] = [:]
    for (kind, list) in words {
      for word in list.split(separator: " ") {
        var key = Key(low: 0, high: 0)
        for byte in word.utf8 {
          key.high = key.high << 8 | key.low >> 56
          key.low = key.low << 8 | UInt64(byte)
        }
        kinds[key] = kind
      }
    }
    return kinds
  }()
}
