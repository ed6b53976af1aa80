import FlowCore

/// The beginning of an event's line as Flow writes it: enough to pass the event over without parsing the rest, which
/// may hold a whole plan.
struct HistoryLineHead: Sendable {
  let seq: Int
  let ts: Timestamp
  let kind: HistoryEvent.Kind
  /// Whether the event seems to hold a whole plan.
  let isWhole: Bool

  /// Reads `{"seq":1,"ts":"…","event":"…"`; nil for a line of another form, which has to be parsed.
  init?(_ line: ArraySlice<UInt8>) {
    var rest = line
    guard rest.take("{\"seq\":"), let seq = rest.takeNumber(), rest.take(",\"ts\":\""),
      let ts = Timestamp(iso8601: rest.takePlainText()), rest.take("\",\"event\":\"")
    else { return nil }
    let kind = rest.takePlainText()
    guard rest.take("\",\"user\":\"") else { return nil }
    self.seq = seq
    self.ts = ts
    self.kind = HistoryEvent.Kind(rawValue: kind)
    // User, revision and hash come between; a user's name may hold anything but is short.
    isWhole = rest.prefix(2048).contains(sequence: Array("\"detail\":{\"before\":null,".utf8))
  }
}

extension ArraySlice<UInt8> {
  fileprivate mutating func take(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard self.count >= count,
      prefix(count).elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: count))
    else { return false }
    removeFirst(count)
    return true
  }

  fileprivate mutating func takeNumber() -> Int? {
    var value = 0
    var digits = 0
    while let byte = first, (0x30...0x39).contains(byte), digits < 16 {
      value = value * 10 + Int(byte) - 0x30
      digits += 1
      removeFirst()
    }
    return digits > 0 ? value : nil
  }

  /// What stands before the next quotation mark or backslash.
  fileprivate mutating func takePlainText() -> String {
    let text = prefix { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    removeFirst(text.count)
    return String(decoding: text, as: UTF8.self)
  }

  fileprivate func contains(sequence: [UInt8]) -> Bool {
    guard let head = sequence.first else { return true }
    var start = startIndex
    while let found = self[start...].firstIndex(of: head) {
      if self[found...].starts(with: sequence) { return true }
      start = found + 1
    }
    return false
  }
}
