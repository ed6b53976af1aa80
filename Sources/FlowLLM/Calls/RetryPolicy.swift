import FlowCore

/// Whether an attempt that failed is repeated, and when.
///
/// As the clients of OpenAI and Anthropic have it: half a second, doubled with each repeat up to eight, less a random
/// part of up to a quarter, so that calls that failed together do not come back together. What the endpoint asks for
/// comes before that; where it asks for more than two minutes, the call ends, since somebody may be waiting for it.
struct RetryPolicy: Sendable {
  enum Decision: Sendable, Equatable {
    case wait(Duration)
    case giveUp(FlowError)
  }

  static let longestWait = Duration.seconds(120)

  let maxRetries: Int

  /// - Parameters:
  ///   - retries: how many repeats there were before.
  ///   - random: from 0 up to 1.
  func decision(on fault: CallFault, retries: Int, random: Double) -> Decision {
    guard fault.isRepeatable, retries < maxRetries else { return .giveUp(fault.error) }
    guard let wait = fault.wait else { return .wait(Self.backoff(retries: retries, random: random)) }
    guard wait <= Self.longestWait else {
      let seconds = wait.components.seconds
      let error = fault.error
      return .giveUp(
        FlowError(
          error.code,
          "\(error.message); it asks to be left alone for \(Self.spoken(seconds: seconds))",
          hint: "try again after that",
          context: error.context.merging(["retry_after_seconds": String(seconds)]) { own, _ in own }
        )
      )
    }
    return .wait(wait)
  }

  static func backoff(retries: Int, random: Double) -> Duration {
    let seconds = min(8, 0.5 * Double(1 << min(max(retries, 0), 10)))
    return .seconds(seconds * (1 - 0.25 * min(max(random, 0), 1)))
  }

  /// `150 s`, `2 h 5 min`.
  static func spoken(seconds: Int64) -> String {
    switch seconds {
    case ..<600: "\(seconds) s"
    case ..<3600: "\(seconds / 60) min"
    case ..<172_800: "\(seconds / 3600) h \(seconds / 60 % 60) min"
    default: "\(seconds / 86_400) days"
    }
  }
}
