import FlowCore
import Testing

@Suite struct `JSON errors` {
  static let messages: [(text: String, message: String)] = [
    ("", "line 1, column 1: unexpected end of the document, expected a value"),
    ("[1,\n 2,\n x]", "line 3, column 2: unexpected \"x\", expected a value"),
    ("[1,]", "line 1, column 4: unexpected \"]\", expected a value"),
    ("[x", "line 1, column 2: unexpected \"x\", expected a value or \"]\""),
    ("[1 2]", "line 1, column 4: unexpected \"2\", expected \",\" or \"]\""),
    ("[1", "line 1, column 3: unexpected end of the document, expected \",\" or \"]\""),
    ("{a", "line 1, column 2: unexpected \"a\", expected a key in double quotes or \"}\""),
    ("{\"a\":1,}", "line 1, column 8: unexpected \"}\", expected a key in double quotes"),
    ("{\"a\" 1}", "line 1, column 6: unexpected \"1\", expected \":\""),
    ("{\"a\":1]", "line 1, column 7: unexpected \"]\", expected \",\" or \"}\""),
    ("{\r\n  \"id\": 1,\r\n  \"id\": 2 }", "line 3, column 3: duplicate key \"id\""),
    ("[\"데이터\", \"é😀\", ?]", "line 1, column 15: unexpected \"?\", expected a value"),
    ("\u{FEFF}?", "line 1, column 1: unexpected \"?\", expected a value"),
    ("\u{FEFF}\n ?", "line 2, column 2: unexpected \"?\", expected a value"),
    ("01", "line 1, column 1: a number must not begin with a zero that digits follow"),
    ("-01", "line 1, column 2: a number must not begin with a zero that digits follow"),
    ("1.x", "line 1, column 3: unexpected \"x\", expected a digit"),
    ("-", "line 1, column 2: unexpected end of the document, expected a digit"),
    ("nil", "line 1, column 2: unexpected \"i\", expected \"null\""),
    ("tru", "line 1, column 4: unexpected end of the document, expected \"true\""),
    ("[1] 2", "line 1, column 5: unexpected \"2\" after the end of the document"),
    ("\"abc", "line 1, column 5: unexpected end of the document, expected a closing quotation mark"),
    ("\"a\nb\"", "line 1, column 3: unescaped control character U+000A in a string"),
    (
      #""\q""#,
      #"line 1, column 3: invalid escape of "q", expected one of " \ / b f n r t u behind the backslash"#
    ),
    (#""\u12x4""#, "line 1, column 6: unexpected \"x\", expected a hexadecimal digit"),
    (#"["a\ud800"]"#, #"line 1, column 4: lone surrogate \uD800, expected a surrogate pair"#),
    (#""\uDC00\uD800""#, #"line 1, column 2: lone surrogate \uDC00, expected a surrogate pair"#),
    ("[\u{1B}", "line 1, column 2: unexpected U+001B, expected a value or \"]\""),
    ("[\u{202E}", "line 1, column 2: unexpected U+202E, expected a value or \"]\""),
  ]

  @Test(arguments: messages)
  func `the message names the place, the fault and what was expected`(text: String, message: String) throws {
    let error = try #require(throws: JSONError.self) { try JSONValue(parsing: text) }
    #expect(error.description == message)
  }

  @Test func `an ill-formed byte is named by its value`() throws {
    let error = try #require(throws: JSONError.self) {
      try JSONValue(parsing: [0x22, 0x61, 0x0F | 0x80, 0x22])
    }
    #expect(error.description == "line 1, column 3: ill-formed UTF-8 at byte 0x8F")
    #expect(error.location == JSONLocation(line: 1, column: 3, offset: 2))
  }

  @Test func `a long or invisible key is quoted short and visible`() {
    let place = JSONLocation(line: 1, column: 1, offset: 0)
    let long = JSONError(.duplicateKey(String(repeating: "k", count: 100_000)), at: place)
    #expect(long.description == "line 1, column 1: duplicate key \"\(String(repeating: "k", count: 40))…\"")
    let hidden = JSONError(.duplicateKey("a\u{1B}[31m\u{202E}\n"), at: place)
    #expect(hidden.description == "line 1, column 1: duplicate key \"a<U+001B>[31m<U+202E><U+000A>\"")
  }

  @Test func `keys that differ only by normalisation are no duplicates`() throws {
    let value = try JSONValue(parsing: "{\"é\":1,\"e\u{301}\":2}")
    #expect(value["é"] == 1)
    #expect(value["e\u{301}"] == 2)
  }

  @Test func `a duplicate among many keys is found, however it is escaped`() throws {
    let members = (0..<1000).map { "\"key \($0)\": \($0)" }
    let text = "{\n" + members.joined(separator: ",\n") + ",\n\"key\\u0020500\": 0}"
    let error = try #require(throws: JSONError.self) { try JSONValue(parsing: text) }
    #expect(error.description == "line 1002, column 1: duplicate key \"key 500\"")
  }

  @Test(arguments: [
    (#""a\ud800b""#, "a\u{FFFD}b"), (#""\uDC00\uD800""#, "\u{FFFD}\u{FFFD}"),
    (#""\ud800\u0041""#, "\u{FFFD}A"), (#""\ud800\ud83d\ude00""#, "\u{FFFD}😀"), (#""\ud83d\ude00""#, "😀"),
  ])
  func `a lone surrogate may be replaced`(document: String, text: String) throws {
    let limits = JSONLimits(replacesLoneSurrogates: true)
    #expect(try JSONValue(parsing: document, limits: limits) == .string(text))
  }
}
