import FlowCore

/// A bar on standard error for work that takes long; silent where no one would see it.
final class ProgressBar {
  /// What is counted.
  enum Unit {
    case pieces, bytes
  }

  private let label: String
  private let unit: Unit
  private let isVisible: Bool
  private let started = ContinuousClock.now
  private var lastDrawn: ContinuousClock.Instant?

  init(_ label: String, unit: Unit = .pieces, isQuiet: Bool) {
    self.label = label
    self.unit = unit
    isVisible = !isQuiet && ProcessEnvironment.mayDecorate
  }

  /// Shows how far the work has come; at most ten times a second.
  func update(_ done: Int, of total: Int, note: String = "") {
    guard total > 0, isTime(isLast: done >= total) else { return }
    let filled = min(24, 24 * done / total)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
    let rate = rate(done)
    let left = rate > 0 ? Int(Double(total - done) / rate) : 0
    let remark = note.isEmpty ? "" : "  \(note)"
    draw("\(bar) \(text(done))/\(text(total))  \(text(rate))/s  \(left) s left\(remark)")
  }

  /// Shows how much is done where nobody knows how much there is; at most ten times a second.
  func update(_ done: Int) {
    guard isTime(isLast: false) else { return }
    draw("\(text(done))  \(text(rate(done)))/s")
  }

  /// Takes the bar away.
  func finish() {
    if isVisible, lastDrawn != nil { Console.noteInPlace("\r\u{1B}[K") }
    lastDrawn = nil
  }

  private func isTime(isLast: Bool) -> Bool {
    guard isVisible else { return false }
    let now = ContinuousClock.now
    if let lastDrawn, now - lastDrawn < .milliseconds(100), !isLast { return false }
    lastDrawn = now
    return true
  }

  private func draw(_ text: String) {
    Console.noteInPlace("\r\(label) \(text) \u{1B}[K")
  }

  private func rate(_ done: Int) -> Double {
    let time = (ContinuousClock.now - started).components
    return Double(done) / max(0.001, Double(time.seconds) + Double(time.attoseconds) * 1e-18)
  }

  private func text(_ rate: Double) -> String {
    rate < 10 && unit == .pieces ? Decimals.text(rate, places: 1) : text(Int(rate))
  }

  private func text(_ count: Int) -> String {
    switch unit {
    case .pieces: String(count)
    case .bytes where count < 1_000_000: "\(count / 1000) kB"
    case .bytes: "\(Decimals.text(Double(count) / 1e6, places: 1)) MB"
    }
  }
}
