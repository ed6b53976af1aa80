/// The natural logarithm from plain arithmetic, so that its last bit is the same on every machine.
///
/// C libraries differ there. x = m·2ᵉ with m in [1, 2); ln m = 2·artanh((m−1)/(m+1)) as a series whose terms
/// fall at least ninefold, so that fifteen of them reach double precision.
enum Logarithm {
  private static let ln2 = 0.693147180559945309417232121458

  /// ln x for a finite x > 0; zero for anything else.
  static func natural(_ x: Double) -> Double {
    guard x > 0, x.isFinite else { return 0 }
    let ratio = (x.significand - 1) / (x.significand + 1)
    let square = ratio * ratio
    var power = ratio
    var sum = 0.0
    var divisor = 1.0
    for _ in 0..<18 {
      sum += power / divisor
      power *= square
      divisor += 2
    }
    return 2 * sum + Double(x.exponent) * ln2
  }
}
