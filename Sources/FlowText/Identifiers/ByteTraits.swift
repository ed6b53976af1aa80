/// What a byte can be in an identifier, as bits.
enum ByteTraits {
  static let lower: UInt16 = 1 << 0
  static let upper: UInt16 = 1 << 1
  static let digit: UInt16 = 1 << 2
  static let dot: UInt16 = 1 << 3
  /// A slash or a backslash.
  static let slash: UInt16 = 1 << 4
  static let at: UInt16 = 1 << 5
  static let low: UInt16 = 1 << 6
  static let hyphen: UInt16 = 1 << 7
  static let colon: UInt16 = 1 << 8
  static let apostrophe: UInt16 = 1 << 9
  /// A letter outside ASCII of a script that puts spaces between words.
  static let long: UInt16 = 1 << 10
  /// `* ~ # $ + %`: part of few identifiers.
  static let sign: UInt16 = 1 << 11

  static let letter = lower | upper
  static let alphanumeric = letter | digit

  /// The traits of each byte; none for those that end an atom.
  static let table: [UInt16] = {
    var table = [UInt16](repeating: 0, count: 256)
    for byte in UInt8(ascii: "a")...UInt8(ascii: "z") { table[Int(byte)] = lower }
    for byte in UInt8(ascii: "A")...UInt8(ascii: "Z") { table[Int(byte)] = upper }
    for byte in UInt8(ascii: "0")...UInt8(ascii: "9") { table[Int(byte)] = digit }
    let signs: [(String, UInt16)] = [
      (".", dot), ("/\\", slash), ("@", at), ("_", low), ("-", hyphen), (":", colon), ("'", apostrophe),
      ("*~#$+%", sign),
    ]
    for (bytes, trait) in signs {
      for byte in bytes.utf8 { table[Int(byte)] = trait }
    }
    return table
  }()
}
