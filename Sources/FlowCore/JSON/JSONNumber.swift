/// A JSON number as written (RFC 8259 section 6): `1e3`, `-0` and `1.10` keep their text.
///
/// Numbers are equal if their texts are: compare `int` or `double` where the value counts.
public struct JSONNumber: Sendable, Hashable, CustomStringConvertible {
  /// The number in JSON's grammar.
  public let text: String

  /// An integer in decimal.
  public init(_ int: Int) {
    text = String(int)
  }

  /// The shortest text that reads back as the same `Double`, integral values with `.0`; nil for
  /// NaN and the infinities, which JSON cannot write.
  public init?(_ double: Double) {
    guard double.isFinite else { return nil }
    text = double.description
  }

  /// A number already in JSON's grammar; nil if it is not.
  public init?(text: String) {
    var copy = text
    let isNumber = copy.withUTF8 { buffer in
      let bytes = UnsafeRawBufferPointer(buffer)
      return JSONNumberScan(bytes, from: 0).isWhole(upTo: bytes.count)
    }
    guard isNumber else { return nil }
    self.text = text
  }

  /// Text that the parser has checked already.
  init(checked text: String) {
    self.text = text
  }

  /// The text.
  public var description: String { text }

  /// The nearest `Double`, or nil if the number is too large for one; too small a number is zero.
  public var double: Double? {
    guard let double = Double(text), double.isFinite else { return nil }
    return double
  }

  /// The exact integer: `1.0`, `1e3` and `-0` are integers, `1.5` and numbers beyond `Int` are nil.
  public var int: Int? {
    if let int = Int(text) { return int }
    return decimal.int
  }
}

extension JSONNumber {
  /// A number as digits times a power of ten.
  private struct Decimal {
    var isNegative = false
    /// ASCII digits without a point, leading and trailing zeros left out.
    var digits: [UInt8] = []
    /// The power of ten of the last digit, held within ±`exponentBound`.
    var exponent = 0

    /// Far beyond any exponent that matters to `Int`, far within what cannot overflow when added to.
    static let exponentBound = 1 << 40

    var int: Int? {
      guard !digits.isEmpty else { return 0 }
      // Int.min has 19 digits, so a longer run cannot fit, however the zeros are written.
      guard exponent >= 0, digits.count + exponent <= 19 else { return nil }
      var result = 0
      // Counted downwards, as Int.min has no positive counterpart.
      for digit in digits + [UInt8](repeating: 0x30, count: exponent) {
        let (scaled, overflow) = result.multipliedReportingOverflow(by: 10)
        let (next, underflow) = scaled.subtractingReportingOverflow(Int(digit) - 0x30)
        guard !overflow, !underflow else { return nil }
        result = next
      }
      guard !isNegative else { return result }
      return result == .min ? nil : -result
    }
  }

  private var decimal: Decimal {
    var decimal = Decimal()
    var afterPoint = false
    var written: Int?
    var exponentIsNegative = false
    for byte in text.utf8 {
      switch byte {
      case 0x2D where written != nil: exponentIsNegative = true
      case 0x2D: decimal.isNegative = true
      case 0x2E: afterPoint = true
      case 0x45, 0x65: written = 0
      case 0x30...0x39:
        if let value = written {
          written = min(value * 10 + Int(byte) - 0x30, Decimal.exponentBound)
        } else {
          decimal.digits.append(byte)
          if afterPoint { decimal.exponent -= 1 }
        }
      default: break
      }
    }
    decimal.exponent += (written ?? 0) * (exponentIsNegative ? -1 : 1)
    decimal.digits = Array(decimal.digits.drop { $0 == 0x30 })
    while decimal.digits.last == 0x30 {
      decimal.digits.removeLast()
      decimal.exponent += 1
    }
    return decimal
  }
}
