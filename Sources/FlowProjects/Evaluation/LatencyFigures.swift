/// How long calls took, in milliseconds, by nearest rank: `p95` is a time that was measured, and at least 95 % of the
/// calls took no longer.
public struct LatencyFigures: Sendable, Hashable {
  public let p50: Double
  public let p95: Double

  /// The figures of these times in milliseconds; zeros where there are none.
  public init(milliseconds: [Double]) {
    let sorted = milliseconds.sorted()
    func rank(_ percent: Int) -> Double {
      sorted.isEmpty ? 0 : sorted[max(0, (sorted.count * percent + 99) / 100 - 1)]
    }
    p50 = rank(50)
    p95 = rank(95)
  }
}

extension Duration {
  /// The whole of it in milliseconds.
  var milliseconds: Double {
    Double(components.seconds) * 1000 + Double(components.attoseconds) * 1e-15
  }
}
