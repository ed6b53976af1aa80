#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Measured times in milliseconds.
struct Times: Sendable {
  private var values: [Double] = []

  mutating func add(_ value: Double) { values.append(value) }
  mutating func merge(_ other: Times) { values += other.values }

  /// The time that this share of them does not exceed.
  func at(_ share: Double) -> Double {
    let ordered = values.sorted()
    guard let last = ordered.last else { return 0 }
    let rank = Int(share * Double(ordered.count))
    return (rank < ordered.count ? ordered[rank] : last).rounded(3)
  }
}

extension Duration {
  var milliseconds: Double {
    Double(components.seconds) * 1e3 + Double(components.attoseconds) * 1e-15
  }
}

extension Double {
  func rounded(_ digits: Int) -> Double {
    let scale = pow(10, Double(digits))
    return (self * scale).rounded() / scale
  }
}
