import FlowLLM
import Synchronization

/// The right to have so many calls under way at once.
struct CallSlots: Sendable {
  private let limiter: CallLimiter

  init(_ count: Int) { limiter = CallLimiter(limit: count) }

  /// Waits for a slot; nil where the task is cancelled before.
  func take() async -> Slot? {
    await limiter.acquire() ? Slot(limiter) : nil
  }

  /// One of them, which may be given back any number of times and counts once.
  final class Slot: Sendable {
    private let limiter: Mutex<CallLimiter?>

    init(_ limiter: CallLimiter) { self.limiter = Mutex(limiter) }

    func giveBack() {
      let held = limiter.withLock { held in
        defer { held = nil }
        return held
      }
      held?.release()
    }
  }
}
