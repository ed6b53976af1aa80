import FlowCore
import Testing

@Suite struct `JSON parser` {
  /// Text and its compact form.
  static let accepted: [(text: String, compact: String)] = [
    ("null", "null"), ("true", "true"), ("false", "false"), (" \t\r\n null \t\r\n ", "null"),
    ("0", "0"), ("-0", "-0"), ("1", "1"), ("-1", "-1"), ("10", "10"), ("1234567890", "1234567890"),
    ("0.0", "0.0"), ("1.10", "1.10"), ("-0.5", "-0.5"), ("0e0", "0e0"), ("0e+1", "0e+1"),
    ("1e3", "1e3"), ("1E3", "1E3"), ("1e+3", "1e+3"), ("1e-3", "1e-3"), ("1.5e300", "1.5e300"),
    ("1E400", "1E400"), ("1e-400", "1e-400"), ("1e0001", "1e0001"), ("0.0000000001", "0.0000000001"),
    ("123456789012345678901234567890", "123456789012345678901234567890"),
    ("-9223372036854775808", "-9223372036854775808"),
    ("100000000000000000000.1e-1", "100000000000000000000.1e-1"),
    (#""""#, #""""#), (#""a""#, #""a""#), (#"" ""#, #"" ""#), (#""null""#, #""null""#),
    (#""\"\\\/\b\f\n\r\t""#, #""\"\\/\b\f\n\r\t""#), (#""/""#, #""/""#), (#""\/""#, #""/""#),
    (#""\u0061""#, #""a""#), (#""\u00e9""#, #""é""#), (#""\u00E9""#, #""é""#), (#""\uAbCd""#, "\"\u{ABCD}\""),
    (#""\u0000""#, #""\u0000""#), (#""\u001f""#, #""\u001f""#), (#""\u0022\u005c""#, #""\"\\""#),
    (#""\ud83d\ude00""#, #""😀""#), (#""\uD834\uDD1E""#, #""𝄞""#), (#""\uDBFF\uDFFF""#, "\"\u{10FFFF}\""),
    (#""\uD800\uDC00""#, "\"\u{10000}\""), (#""\uFFFF""#, "\"\u{FFFF}\""), (#""\uFEFF""#, "\"\u{FEFF}\""),
    (#""\u2028\u2029""#, "\"\u{2028}\u{2029}\""), ("\"\u{2028}\u{2029}\"", "\"\u{2028}\u{2029}\""),
    ("\"\u{7F}\"", #""\u007f""#), ("\"\u{80}\u{9F}\u{A0}\"", "\"\\u0080\\u009f\u{A0}\""),
    ("\"데이터 수집\"", "\"데이터 수집\""), ("\"😀👩‍👩‍👧\"", "\"😀👩‍👩‍👧\""), ("\"e\u{301}é\"", "\"e\u{301}é\""),
    (#""\\u0061""#, #""\\u0061""#), (#""\\\"""#, #""\\\"""#), (#""a\u0062c\nd""#, #""abc\nd""#),
    (#""1234567\"""#, #""1234567\"""#), (#""12345678\n""#, #""12345678\n""#),
    (#""// no comment /* here */""#, #""// no comment /* here */""#), (#""[1,{]""#, #""[1,{]""#),
    ("[]", "[]"), ("[ ]", "[]"), ("[\n]", "[]"), ("[1]", "[1]"), ("[ 1 , 2 ]", "[1,2]"), ("[[]]", "[[]]"),
    ("[[],[[]],{}]", "[[],[[]],{}]"), ("[null,true,false,0,\"\"]", "[null,true,false,0,\"\"]"),
    ("[1,1,1]", "[1,1,1]"), ("[\"a\",\n\"b\"]", "[\"a\",\"b\"]"), ("[-0,0,0.0]", "[-0,0,0.0]"),
    ("[0]\n", "[0]"),
    ("{}", "{}"), ("{ }", "{}"), ("{\"a\":1}", "{\"a\":1}"),
    (" { \"a\" : 1 , \"b\" : 2 } ", "{\"a\":1,\"b\":2}"),
    ("{\"b\":1,\"a\":2}", "{\"b\":1,\"a\":2}"), ("{\"\":0}", "{\"\":0}"),
    ("{\"a\":{\"a\":{}}}", "{\"a\":{\"a\":{}}}"),
    ("{\"a\":1,\"A\":2}", "{\"a\":1,\"A\":2}"),
    ("{\"\u{E9}\":1,\"e\u{301}\":2}", "{\"\u{E9}\":1,\"e\u{301}\":2}"),
    (#"{"\u0000":1}"#, #"{"\u0000":1}"#), (#"{"a\tb":[{"c":null}]}"#, #"{"a\tb":[{"c":null}]}"#),
    ("{\"a\":[],\"b\":{},\"c\":\"\"}", "{\"a\":[],\"b\":{},\"c\":\"\"}"), ("{\"a\":\r\n1\r\n}", "{\"a\":1}"),
    ("\u{FEFF}[1]", "[1]"), ("\u{FEFF} \"\u{FEFF}\"", "\"\u{FEFF}\""),
  ]

  @Test(arguments: accepted)
  func `a document of the grammar is taken`(text: String, compact: String) throws {
    let value = try JSONValue(parsing: text)
    #expect(value.serialized() == compact)
    #expect(Array(value.serialized().utf8) == Array(compact.utf8))
  }

  static let rejected: [String] = [
    "", " ", "\n", "\u{FEFF}", "\u{FEFF}\u{FEFF}1",
    "nul", "nulll", "Null", "NULL", "tru", "truee", "True", "fals", "falsy", "undefined", "None", "n", "t",
    "f",
    "NaN", "Infinity", "-Infinity", "-NaN", "nan", "inf", "[NaN]",
    "-", "+", "+1", "--1", "01", "-01", "00", "-00", "1.", ".5", "-.5", "1.e3", "1e", "1e+", "1e-", "1ee3",
    "1.5.5",
    "0x1F", "1_000", "1,000", "1 000", "0e", "0e+", "-a", "1a", "1e3.5", "２", "1f", "0.1.2", "[-]", "[1.]",
    "[0.e1]", "[01]",
    "\"", "\"a", "\"\\", "\"\\\"", "\"\\u", "\"\\u0", "\"\\u00", "\"\\u000", "\"\\u0000", "a", "'a'", "\"a'",
    "`a`",
    #""\a""#, #""\x41""#, #""\'""#, #""\0""#, #""\U0041""#, #""\u{41}""#, #""\u00g0""#, #""\u 041""#,
    #""\é""#,
    "\"\\\n\"", "\"\n\"", "\"\t\"", "\"\r\"", "\"\0\"", "\"\u{1F}\"", "\"1234567\n\"",
    #""\ud800""#, #""\udc00""#, #""\ud800a""#, #""\ud800\n""#, #""\ud800\ud800""#, #""\udc00\ud800""#,
    #""\ud83dx\ude00""#,
    #""\ud800\u0041""#, #""\ud800\\u""#, #""\ud83d\ude0""#,
    "[", "]", "[1", "[1,", "[,", "[,1]", "[1,]", "[1,,2]", "[1 2]", "[1;2]", "[1:2]", "[\"a\" \"b\"]", "[[]",
    "[]]", "[}", "[1}",
    "[\"a\",", "[1,\n", "[\"\": 1]", "(1)", "[1]x", "[1]]", "[1] [2]", "[1],", "1 2", "1,2", "[] //",
    "[/**/]", "# a\n1", "[1]\0",
    "{", "}", "{]", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{,}", "{,\"a\":1}",
    "{\"a\":1,,\"b\":2}",
    "{\"a\" 1}", "{\"a\",1}", "{\"a\"::1}", "{\"a\":}", "{\"a\"}", "{a:1}", "{'a':1}", "{1:1}", "{null:1}",
    "{[]:1}", "{\"a\":1 \"b\":2}",
    "{\"a\":1;\"b\":2}", "{\"a\":1}}", "{\"a\":1]", "{\"a\":1,\"a\":1}", "{\"a\":1,\"\\u0061\":1}",
    "{\"\":1,\"\":2}", "{\"a\"=1}",
    "\u{A0}1", "\u{2028}1", "\u{0B}1", "\u{0C}1", "\0", "\u{200B}1", "1\u{3000}", "[1,\u{FEFF}2]",
  ]

  @Test(arguments: rejected)
  func `anything else is refused with a place inside the document`(text: String) throws {
    let error = try #require(throws: JSONError.self) { try JSONValue(parsing: text) }
    let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    #expect((1...lines.count).contains(error.line))
    #expect((1...(lines[error.line - 1].count + 1)).contains(error.column))
    #expect((0...text.utf8.count).contains(error.offset))
  }

  @Test(
    arguments: [
      [0x22, 0x80, 0x22], [0x22, 0xBF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xC1, 0xBF, 0x22],
      [0x22, 0xC3, 0x22], [0x22, 0xE0, 0x80, 0x80, 0x22], [0x22, 0xE0, 0x9F, 0xBF, 0x22],
      [0x22, 0xE2, 0x82, 0x22],
      [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xED, 0xBF, 0xBF, 0x22], [0x22, 0xF0, 0x80, 0x80, 0x80, 0x22],
      [0x22, 0xF0, 0x8F, 0xBF, 0xBF, 0x22], [0x22, 0xF0, 0x9F, 0x98, 0x22],
      [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
      [0x22, 0xF5, 0x80, 0x80, 0x80, 0x22], [0x22, 0xFE, 0x22], [0x22, 0xFF, 0x22], [0x22, 0xE2, 0x82],
      [0x22, 0xC3],
      [0x22, 0x5C, 0x6E, 0xFF, 0x22], [0x22, 0xC3, 0x5C, 0x6E, 0x22], [0x22, 0xFF, 0x0A, 0x22], [0x22, 0xFF],
      [0x22, 0xFF, 0x5C, 0x78, 0x22], [0x5B, 0xFF, 0x5D], [0xFF, 0xFE, 0x31, 0x00], [0x31, 0xE2, 0x80],
    ] as [[UInt8]]
  )
  func `bytes that are not UTF-8 are named first`(bytes: [UInt8]) throws {
    let error = try #require(throws: JSONError.self) { try JSONValue(parsing: bytes) }
    guard case .illFormedUTF8(let byte) = error.reason else {
      Issue.record("\(error)")
      return
    }
    #expect(bytes[error.offset] == byte)
    #expect(String(validating: bytes[..<error.offset], as: UTF8.self) != nil)
    #expect(String(validating: bytes[...error.offset], as: UTF8.self) == nil)
  }

  @Test func `text in UTF-16 is refused at its first zero byte`() throws {
    let bytes = "[1]".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let error = try #require(throws: JSONError.self) { try JSONValue(parsing: bytes) }
    #expect(error.description == "line 1, column 2: unexpected U+0000, expected a value or \"]\"")
  }

  @Test func `every kind of byte source gives the same value`() throws {
    let text = #"{"a":[1,"é"]}"#
    let bytes = Array(text.utf8)
    let value = try JSONValue(parsing: text)
    #expect(try JSONValue(parsing: bytes) == value)
    #expect(try JSONValue(parsing: ([0x20] + bytes)[1...]) == value)
    #expect(try JSONValue(parsing: bytes.lazy.map { $0 }) == value)
    #expect(try bytes.withUnsafeBytes { try JSONValue(parsing: $0) } == value)
    #expect(throws: JSONError.self) { try JSONValue(parsing: UnsafeRawBufferPointer(start: nil, count: 0)) }
  }

  @Test func `a string of every length and with a special byte at every position is read`() throws {
    for length in 0..<40 {
      let plain = String(repeating: "x", count: length)
      #expect(try JSONValue(parsing: "\"\(plain)\"").string == plain)
      for position in 0..<length {
        for (escaped, scalar) in [(#"\n"#, "\n"), (#"\""#, "\""), ("é", "é"), ("\u{7F}", "\u{7F}")] {
          let head = plain.prefix(position)
          let tail = plain.dropFirst(position + 1)
          let value = try JSONValue(parsing: "\"\(head)\(escaped)\(tail)\"")
          #expect(value.string == "\(head)\(scalar)\(tail)")
          #expect(try JSONValue(parsing: value.serialized()) == value)
        }
      }
    }
  }
}
