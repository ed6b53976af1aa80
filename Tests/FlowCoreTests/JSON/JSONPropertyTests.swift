import FlowCore
import Testing
import RandomSupport

@Suite struct `JSON properties` {
  static let styles: [JSONStyle] = [
    .compact, .pretty, .document(inlineDepth: 0), .document(inlineDepth: 2, lineWidth: 40),
    .document(inlineDepth: 1, lineWidth: 1),
  ]

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `a value round trips in every style`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<25 {
      let value = random.value(depth: 5)
      for style in Self.styles {
        let text = value.serialized(style)
        let parsed = try JSONValue(parsing: text)
        #expect(parsed == value && parsed.hashValue == value.hashValue, "seed \(seed), \(style): \(text)")
        #expect(Array(parsed.serialized(style).utf8) == Array(text.utf8), "seed \(seed), \(style): \(text)")
      }
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `no line is wider than it may be for an array or object that could be broken`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<40 {
      let text = random.value(depth: 5).serialized(.document(inlineDepth: 0, lineWidth: 60))
      for line in text.split(separator: "\n") where line.unicodeScalars.count > 60 {
        let part = line.last == "," ? line.dropLast() : line
        let element = try? JSONValue(parsing: String(part))
        let member = try? JSONValue(parsing: "{\(part)}").object?.values.first
        for value in [element, member].compactMap(\.self) {
          #expect(value.array?.isEmpty ?? true, "seed \(seed): \(line)")
          #expect(value.object?.isEmpty ?? true, "seed \(seed): \(line)")
        }
      }
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `a damaged document is read or refused with a place inside it`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<100 {
      let document = random.value(depth: 4).serialized(Self.styles.randomElement(using: &random)!)
      let bytes = random.damaged(Array(document.utf8))
      switch Result(catching: { () throws(JSONError) in try JSONValue(parsing: bytes) }) {
      case .success(let value):
        #expect(try JSONValue(parsing: value.serialized(.pretty)) == value, "seed \(seed): \(bytes)")
      case .failure(let error):
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        #expect((1...lines.count).contains(error.line), "seed \(seed): \(bytes)")
        #expect((1...(lines[error.line - 1].count + 1)).contains(error.column), "seed \(seed): \(bytes)")
        #expect(error.offset <= bytes.count, "seed \(seed): \(bytes)")
        #expect(JSONLocation(counting: bytes, to: error.offset) == error.location, "seed \(seed): \(bytes)")
        #expect(error.description.utf8.count < 400)
      }
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `a document cut short is refused at its end`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let bytes = Array(JSONValue.array([random.value(depth: 3)]).serialized().utf8)
    for end in bytes.indices {
      let error = try #require(throws: JSONError.self) { try JSONValue(parsing: bytes[..<end]) }
      switch error.reason {
      case .unexpectedEnd: #expect(error.offset == end, "seed \(seed), end \(end)")
      case .illFormedUTF8: #expect(error.offset >= end - 3, "seed \(seed), end \(end)")
      default: Issue.record("seed \(seed), end \(end): \(error)")
      }
    }
  }
}

extension JSONLocation {
  /// The place of an offset, counted the slow way: decode, then count scalars.
  fileprivate init(counting bytes: [UInt8], to offset: Int) {
    let before = String(decoding: bytes[..<offset], as: UTF8.self).unicodeScalars
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let lastLine = before.split(separator: "\n", omittingEmptySubsequences: false).last ?? before[...]
    let line = 1 + before.count { $0 == "\n" }
    self.init(line: line, column: 1 + lastLine.count - (hasMark && line == 1 ? 1 : 0), offset: offset)
  }
}
