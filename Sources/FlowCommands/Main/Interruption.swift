import Dispatch
import Glibc
import Synchronization

/// Lets work that leaves something to clean up end in order when someone presses control-C.
enum Interruption {
  /// What a shell says of a command that SIGINT ended.
  static let exitCode: Int32 = 130

  /// Runs `body` in a task that the first SIGINT, SIGTERM or SIGHUP cancels; the second one ends the process.
  ///
  /// - Parameter noticing: is told which signal it was.
  static func cancelling<Value: Sendable, Failure: Error>(
    noticing: @escaping @Sendable (CInt) -> Void = { _ in },
    _ body: @escaping @Sendable () async throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    let task = Task { () -> Result<Value, Failure> in
      do throws(Failure) { return .success(try await body()) } catch { return .failure(error) }
    }
    let sources = [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        noticing(number)
        task.cancel()
        signal(number, SIG_DFL)
      }
      source.resume()
      return (number, source)
    }
    let outcome = await task.value
    for (number, source) in sources {
      source.cancel()
      signal(number, SIG_DFL)
    }
    return try outcome.get()
  }

  /// Runs `body` in a task that the first such signal cancels; once it is done, the signal ends the process after all.
  static func endingAfter(_ body: @escaping @Sendable () async -> Void) async {
    let noticed = Noticed()
    await cancelling(noticing: { number in noticed.signal.withLock { $0 = number } }, body)
    guard let number = noticed.signal.withLock({ $0 }) else { return }
    // The threads that tasks share let no signal through.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, number)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    raise(number)
  }

  private final class Noticed: Sendable {
    let signal = Mutex<CInt?>(nil)
  }
}
