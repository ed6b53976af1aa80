import FlowCore
import RandomSupport
import Testing

@Suite struct `JSON values in pieces` {
  private struct Found: Equatable {
    let line: Int
    let position: Int?
    let text: String
  }

  private func read(_ pieces: [[UInt8]]) throws(JSONValueBuffer.Fault) -> [Found] {
    var buffer = JSONValueBuffer()
    var found: [Found] = []
    func takeAll() throws(JSONValueBuffer.Fault) {
      while let element = try buffer.next() {
        let text = String(decoding: element.bytes, as: UTF8.self)
        found.append(Found(line: element.line, position: element.position, text: text))
      }
    }
    for piece in pieces {
      buffer.append(piece)
      try takeAll()
    }
    buffer.finish()
    try takeAll()
    return found
  }

  private func read(_ text: String) throws(JSONValueBuffer.Fault) -> [Found] { try read([Array(text.utf8)]) }

  @Test func `a list gives its elements, and lines give their values`() throws {
    let list = try read("[\n {\"a\":[1,{}]},\n\n {\"b\":\"]}\\\"\"} ]\n")
    #expect(
      list == [
        Found(line: 2, position: 1, text: "{\"a\":[1,{}]}"),
        Found(line: 4, position: 2, text: "{\"b\":\"]}\\\"\"}"),
      ]
    )
    let lines = try read("{\"a\":1}\n{\n\"b\":2}\n 7 \"x\"[8,9]null")
    #expect(lines.map(\.text) == ["{\"a\":1}", "{\n\"b\":2}", "7", "\"x\"", "8", "9", "null"])
    #expect(lines.map(\.line) == [1, 2, 4, 4, 4, 4, 4])
    #expect(lines.map(\.position) == [nil, nil, nil, nil, 1, 2, nil])
    #expect(try read("[] [ ]\n").isEmpty && read("").isEmpty && read("\u{FEFF}[1]").map(\.text) == ["1"])
    #expect(try read("[[1,2],[3]]").map(\.text) == ["[1,2]", "[3]"])
  }

  @Test(arguments: [
    ("[1 2]", 1), ("[1,\n]", 2), ("[,1]", 1), ("[1}", 1), (",", 1), ("\n\n]", 3), ("}", 1), ("[1,,2]", 1),
    ("[\n", 2), ("[1", 1), ("[1,", 1), ("[1:2]", 1), ("[{}\n\n{}]", 3),
  ]) func `what cannot stand between values is a fault with its line`(text: String, line: Int) {
    let fault = #expect(throws: JSONValueBuffer.Fault.self) { try read(text) }
    #expect(fault?.line == line, "\(text)")
  }

  /// What is broken within a value comes out at once or at the end, and is nothing a parser takes.
  @Test(arguments: [
    "{\"a\":1\n{\"b\":2}\n", "{\"a\n{\"b\":2}", "[{\"a\":\"x", "{]}", "tru", "\"", "[{\"a\":1]",
  ])
  func `broken values are handed out for the parser to name`(text: String) throws {
    var buffer = JSONValueBuffer()
    buffer.append(Array(text.utf8))
    buffer.finish()
    let first = try #require(try buffer.next())
    #expect(throws: JSONError.self) { try JSONValue(parsing: first.bytes) }
  }

  @Test(arguments: 1...300 as ClosedRange<UInt64>)
  func `however a text is cut, its values are the same`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let alphabet = Array("[]{}{},,:\"\"\\a1 \n".utf8)
    let isList = Bool.random(using: &random)
    var text = isList ? "[" : ""
    for number in 0..<Int.random(in: 0...12, using: &random) {
      if number > 0, isList { text += "," }
      text += ["\n", " ", "\r\n", "  \t"].randomElement(using: &random)!
      let string = (0..<Int.random(in: 0...12, using: &random)).map { _ in
        alphabet.randomElement(using: &random)!
      }
      let value: JSONValue = [
        "k": [.string(String(decoding: string, as: UTF8.self)), number == 3 ? [:] : 1.5]
      ]
      text += value.serialized(Bool.random(using: &random) ? .compact : .pretty)
    }
    if isList { text += " ]\n" }
    let whole = try read(text)
    for element in whole { _ = try JSONValue(parsing: element.text) }
    var pieces: [[UInt8]] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = Int.random(in: 0...min(rest.count, 9), using: &random)
      pieces.append(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    #expect(try read(pieces) == whole, "seed \(seed)")
  }

  @Test func `it holds no more than the value that is not whole yet`() throws {
    var buffer = JSONValueBuffer()
    buffer.append(Array("[{\"a\":1},{\"b\"".utf8))
    #expect(try buffer.next()?.line == 1)
    #expect(try buffer.next() == nil)
    #expect(buffer.pendingBytes == 4)
    buffer.append(Array(":2} ".utf8))
    #expect(try buffer.next()?.position == 2)
    #expect(try buffer.next() == nil)
    #expect(buffer.pendingBytes == 0)
  }
}
