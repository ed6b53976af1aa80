import FlowCore
import Testing

@Suite struct `JSON number` {
  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("0.000", 0), ("0e5", 0), ("-0.0e-7", 0), ("0e999999999999999999999", 0),
      ("1", 1), ("-17", -17), ("1.0", 1), ("1.500e1", 15), ("1e3", 1000), ("1E+3", 1000), ("1000e-3", 1),
      ("-2.50e2", -250),
      ("0.001e3", 1), ("9223372036854775807", .max), ("-9223372036854775808", .min),
      ("9223372036854775807.000", .max), ("9.223372036854775807e18", .max),
      ("-9.223372036854775808E18", .min),
      ("0.00000000000000000000000000001e30", 10), ("100000000000000000000000e-20", 1000),
      ("1e18", 1_000_000_000_000_000_000),
    ] as [(String, Int)]
  )
  func `exact integers are integers however they are written`(text: String, int: Int) throws {
    #expect(try #require(JSONNumber(text: text)).int == int)
  }

  @Test(arguments: [
    "0.5", "1e-1", "1.5", "15e-1", "9223372036854775808", "-9223372036854775809", "1e19", "9.3e18", "-9.3e18",
    "1e400", "1e999999999999999999999", "1e-999999999999999999999", "1.0000000000000000000001",
    "123456789012345678901",
  ])
  func `fractions and numbers beyond Int are no integers`(text: String) throws {
    #expect(try #require(JSONNumber(text: text)).int == nil)
  }

  @Test func `doubles are the nearest ones and never infinite`() throws {
    #expect(JSONNumber(text: "0.1")?.double == 0.1)
    #expect(JSONNumber(text: "-1.5e3")?.double == -1500)
    #expect(JSONNumber(text: "1.7976931348623157e308")?.double == .greatestFiniteMagnitude)
    #expect(JSONNumber(text: "5e-324")?.double == .leastNonzeroMagnitude)
    #expect(JSONNumber(text: "1e-400")?.double == 0)
    #expect(try #require(JSONNumber(text: "1e400")).double == nil)
    #expect(JSONNumber(text: "-0")?.double?.sign == .minus)
  }

  @Test(
    arguments: [
      0, 1, -1.5, 0.1, 1e100, 1e16, 1e-5, .leastNonzeroMagnitude, .greatestFiniteMagnitude, -0.0, 123_456.789,
    ]
      as [Double]
  )
  func `a double is written in JSON's grammar and reads back the same`(double: Double) throws {
    let number = try #require(JSONNumber(double))
    #expect(JSONNumber(text: number.text) == number)
    #expect(number.double?.bitPattern == double.bitPattern)
    #expect(try JSONValue(parsing: number.text) == .number(number))
  }

  @Test(arguments: [Double.nan, .signalingNaN, .infinity, -.infinity])
  func `what JSON cannot write is no number`(double: Double) {
    #expect(JSONNumber(double) == nil)
  }

  @Test(arguments: [
    "", " 1", "1 ", "+1", "01", ".5", "1.", "1e", "0x1", "NaN", "١", "1\0", "--1", "1,5", "1e5e5",
  ])
  func `text outside the grammar is no number`(text: String) {
    #expect(JSONNumber(text: text) == nil)
  }

  @Test func `numbers are equal as written`() throws {
    #expect(JSONNumber(text: "1.0") != JSONNumber(1))
    #expect(JSONNumber(text: "-0") != JSONNumber(0))
    #expect(JSONNumber(text: "12") == JSONNumber(12))
    #expect(JSONNumber(.min).int == .min)
    #expect("\(JSONNumber(-7))" == "-7")
  }
}
