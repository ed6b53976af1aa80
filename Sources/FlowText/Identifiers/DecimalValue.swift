/// A decimal number of up to 17 digits, exact.
struct DecimalValue {
  private var mantissa = 0
  private var decimals = 0
  private static let powers: [Int] = (0...17).map { (0..<$0).reduce(1) { power, _ in power * 10 } }

  /// Reads digits with commas between groups and one full stop; nil if there are more than 17 of them.
  init?(_ bytes: some Collection<UInt8>) {
    var digits = 0
    var isFraction = false
    for byte in bytes {
      if byte == UInt8(ascii: ".") { isFraction = true }
      guard ASCII.isDigit(byte) else { continue }
      digits += digits > 0 || byte != 0x30 ? 1 : 0
      decimals += isFraction ? 1 : 0
      guard digits <= 17, decimals <= 17 else { return nil }
      mantissa = mantissa * 10 + Int(byte - 0x30)
    }
  }

  init(_ value: Int) { mantissa = value }

  /// The value of a whole number.
  var whole: Int? { decimals == 0 ? mantissa : nil }

  /// Times a power of ten; nil where it would have too many digits.
  func scaled(by power: Int) -> DecimalValue? {
    var value = self
    let fromDecimals = min(power, decimals)
    value.decimals -= fromDecimals
    guard let factor = Self.power(power - fromDecimals) else { return nil }
    let (product, overflow) = value.mantissa.multipliedReportingOverflow(by: factor)
    guard !overflow else { return nil }
    value.mantissa = product
    return value
  }

  func adding(_ other: DecimalValue) -> DecimalValue? {
    let places = max(decimals, other.decimals)
    guard let left = Self.power(places - decimals), let right = Self.power(places - other.decimals) else {
      return nil
    }
    let (first, isFirstOver) = mantissa.multipliedReportingOverflow(by: left)
    let (second, isSecondOver) = other.mantissa.multipliedReportingOverflow(by: right)
    let (sum, isOver) = first.addingReportingOverflow(second)
    guard !isFirstOver, !isSecondOver, !isOver else { return nil }
    var value = DecimalValue(sum)
    value.decimals = places
    return value
  }

  private static func power(_ exponent: Int) -> Int? {
    powers.indices.contains(exponent) ? powers[exponent] : nil
  }

  /// `1204.5`: no commas, no zeros that say nothing.
  var text: String {
    var mantissa = mantissa
    var decimals = decimals
    while decimals > 0, mantissa % 10 == 0 {
      mantissa /= 10
      decimals -= 1
    }
    guard decimals > 0 else { return String(mantissa) }
    let digits = String(mantissa)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
    return "\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
  }
}
