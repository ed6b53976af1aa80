import FlowCore

/// The lines of a history file or of its end.
struct HistoryLines {
  let bytes: [UInt8]
  /// Whether this begins where the file begins; otherwise the first line may lack its beginning.
  private let isWhole: Bool

  init(_ bytes: [UInt8], isWhole: Bool) {
    self.bytes = bytes
    self.isWhole = isWhole
  }

  /// The newest events, oldest first, and where the last one ends.
  ///
  /// Unreadable lines are left out.
  func newestEvents(limit: Int) -> (events: [HistoryEvent], end: Int) {
    var events: [HistoryEvent] = []
    var end = 0
    var upper = bytes.count
    while events.count < limit {
      let newline = bytes[..<upper].lastIndex(of: UInt8(ascii: "\n"))
      if newline == nil, !isWhole { break }
      let lower = newline.map { $0 + 1 } ?? 0
      if let (event, eventEnd) = event(in: lower..<upper) {
        if events.isEmpty { end = eventEnd }
        events.append(event)
      }
      guard let newline else { break }
      upper = newline
    }
    return (events.reversed(), end)
  }

  /// All events, and the numbers of the lines that can neither be read nor be a torn end.
  func allEvents() -> (events: [HistoryEvent], unreadable: [Int]) {
    var events: [HistoryEvent] = []
    var unreadable: [(number: Int, lower: Int)] = []
    var lower = 0
    var end = 0
    var number = 0
    while lower < bytes.count {
      number += 1
      let upper = bytes[lower...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      if let (event, eventEnd) = event(in: lower..<upper) {
        events.append(event)
        end = eventEnd
      } else if !Self.isPunctuation(bytes[lower..<upper]) {
        unreadable.append((number, lower))
      }
      lower = upper + 1
    }
    if Self.canBeTorn(bytes[end...]) { unreadable.removeAll { $0.lower >= end } }
    return (events, unreadable.map(\.number))
  }

  /// The event in a line, and where its closing brace ends.
  private func event(in range: Range<Int>) -> (HistoryEvent, end: Int)? {
    Self.eventAndEnd(in: bytes[range])
  }

  /// The event in a line; nil where it holds none.
  static func event(in line: ArraySlice<UInt8>) -> HistoryEvent? {
    eventAndEnd(in: line)?.0
  }

  private static func eventAndEnd(in line: ArraySlice<UInt8>) -> (HistoryEvent, end: Int)? {
    // Behind the event stands a comma, or zeros where a block never came to the disk.
    guard let lower = line.indices.first(where: { !isSpace(line[$0]) }), line[lower] == UInt8(ascii: "{"),
      let last = line.indices.last(where: { !isPunctuation(line[$0...$0]) })
    else { return nil }
    guard let json = try? JSONValue(parsing: line[lower...last]), let event = HistoryEvent(json: json)
    else { return nil }
    return (event, last + 1)
  }

  /// Whether the last character is a closing bracket, as it seldom is where a writer was killed.
  var endsLikeAnArray: Bool {
    bytes.last { !Self.isSpace($0) } == UInt8(ascii: "]")
  }

  /// The events of a file that someone laid out in another way, such as an editor with a formatter.
  static func reformatted(_ bytes: [UInt8]) -> [HistoryEvent]? {
    guard HistoryLines(bytes, isWhole: true).endsLikeAnArray,
      let values = (try? JSONValue(parsing: bytes))?.array
    else { return nil }
    let events = values.compactMap(HistoryEvent.init(json:))
    return events.count == values.count ? events : nil
  }

  /// Whether a writer of ours that was killed can have left this behind the last event.
  ///
  /// It writes at most two events at once, each beginning with `{"seq":`; blocks that did not come to the disk
  /// are zeros, or what stood there before.
  static func canBeTorn(_ bytes: ArraySlice<UInt8>) -> Bool {
    let lines = bytes.split(separator: UInt8(ascii: "\n")).filter { !isPunctuation($0) }
    guard lines.count <= 2 else { return false }
    let start = Array("{\"seq\":".utf8)
    return lines.allSatisfy { line in
      let text = line.prefix { $0 != 0 }
      return zip(text, start).allSatisfy(==)
    }
  }

  /// Whether a line holds nothing but what stands around events, or zeros.
  static func isPunctuation(_ line: ArraySlice<UInt8>) -> Bool {
    line.allSatisfy { byte in
      isSpace(byte) || byte == 0 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "[")
        || byte == UInt8(ascii: "]")
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
  }
}
