import FlowCore

/// A bar on standard error for work that takes long; silent where no one would see it.
final class ProgressBar {
  private let label: String
  private let isVisible: Bool
  private let started = ContinuousClock.now
  private var lastDrawn: ContinuousClock.Instant?

  init(_ label: String, isQuiet: Bool) {
    self.label = label
    isVisible = !isQuiet && ProcessEnvironment.mayDecorate
  }

  /// Shows how far the work has come; at most ten times a second.
  func update(_ done: Int, of total: Int) {
    guard isVisible, total > 0 else { return }
    let now = ContinuousClock.now
    if let lastDrawn, now - lastDrawn < .milliseconds(100), done < total { return }
    lastDrawn = now
    let filled = 24 * done / total
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
    let seconds = max(
      0.001,
      Double((now - started).components.seconds) + Double((now - started).components.attoseconds) * 1e-18
    )
    let rate = Int(Double(done) / seconds)
    let left = rate > 0 ? (total - done) / rate : 0
    Console.noteInPlace("\r\(label) \(bar) \(done)/\(total)  \(rate)/s  \(left) s left \u{1B}[K")
  }

  /// Takes the bar away.
  func finish() {
    if isVisible, lastDrawn != nil { Console.noteInPlace("\r\u{1B}[K") }
    lastDrawn = nil
  }
}
