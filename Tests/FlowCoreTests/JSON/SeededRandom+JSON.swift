import FlowCore
import RandomSupport

/// Random values, and damage to documents.
extension SeededRandom {
  private static let alphabet: [Unicode.Scalar] =
    Array(
      "abc \"\\/\n\t\u{0}\u{1F}\u{7F}\u{80}\u{9F}\u{A0}é\u{301}한글日😀\u{2028}\u{FEFF}\u{FFFF}\u{10FFFF}[]{},:"
        .unicodeScalars
    )

  mutating func text() -> String {
    var text = ""
    let isLong = Int.random(in: 0..<6, using: &self) == 0
    for _ in 0..<Int.random(in: 0..<(isLong ? 80 : 12), using: &self) {
      text.unicodeScalars.append(Self.alphabet.randomElement(using: &self)!)
    }
    return text
  }

  mutating func number() -> JSONNumber {
    switch Int.random(in: 0..<4, using: &self) {
    case 0: JSONNumber(Int.random(in: -100...100, using: &self))
    case 1: JSONNumber(Int.random(in: .min ... .max, using: &self))
    case 2: JSONNumber(Double(bitPattern: next())) ?? JSONNumber(0)
    default:
      JSONNumber(
        text: ["-0", "1.10", "1E+3", "0e-0", "12345678901234567890.5"].randomElement(using: &self)!
      )!
    }
  }

  mutating func value(depth: Int) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 9 : 5), using: &self) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &self))
    case 2: return .number(number())
    case 3, 4: return .string(text())
    case 5, 6:
      return .array((0..<Int.random(in: 0..<5, using: &self)).map { _ in value(depth: depth - 1) })
    default:
      var object = JSONObject()
      let isLarge = Int.random(in: 0..<10, using: &self) == 0
      for _ in 0..<Int.random(in: 0..<(isLarge ? 40 : 5), using: &self) {
        object[text()] = value(depth: depth - 2)
      }
      return .object(object)
    }
  }

  /// Flips, inserts, removes, repeats or cuts off a few bytes.
  mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...3, using: &self) {
      let position = Int.random(in: 0...bytes.count, using: &self)
      let rest = position..<bytes.count
      switch Int.random(in: 0..<6, using: &self) {
      case 0 where !rest.isEmpty: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &self)
      case 1 where !rest.isEmpty: bytes.remove(at: position)
      case 2: bytes.removeSubrange(rest)
      case 3: bytes.insert(Array("\"\\[]{},:0-.eu\n".utf8).randomElement(using: &self)!, at: position)
      case 4: bytes.insert(contentsOf: bytes[rest].prefix(8), at: position)
      default: bytes.insert(UInt8.random(in: 0...255, using: &self), at: position)
      }
    }
    return bytes
  }
}
