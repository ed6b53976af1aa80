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
    let running = Running()
    // All is in place before the work begins: until then a signal ends the process, and none is lost in between.
    let sources = await watch { number in
      noticing(number)
      running.cancel()
      signal(number, SIG_DFL)
    }
    let task = Task { () -> Result<Value, Failure> in
      do throws(Failure) { return .success(try await body()) } catch { return .failure(error) }
    }
    running.begin { task.cancel() }
    let outcome = await task.value
    for (number, source) in sources {
      source.cancel()
      signal(number, SIG_DFL)
    }
    return try outcome.get()
  }

  /// Hands signals to `body` in place of what they do by themselves.
  ///
  /// Dispatch has a handler of its own for them, in place as soon as a source is registered.
  private static func watch(
    _ body: @escaping @Sendable (CInt) -> Void
  ) async -> [(CInt, any DispatchSourceSignal)] {
    var sources: [(CInt, any DispatchSourceSignal)] = []
    for number in [SIGINT, SIGTERM, SIGHUP] {
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { body(number) }
      await withCheckedContinuation { (registered: CheckedContinuation<Void, Never>) in
        source.setRegistrationHandler { registered.resume() }
        source.resume()
      }
      sources.append((number, source))
    }
    return sources
  }

  /// The work that a signal cancels, also one that comes just before it begins.
  private final class Running: Sendable {
    private let state = Mutex<(isCancelled: Bool, cancel: (@Sendable () -> Void)?)>((false, nil))

    func begin(_ cancel: @escaping @Sendable () -> Void) {
      let isCancelled = state.withLock { state in
        state.cancel = cancel
        return state.isCancelled
      }
      if isCancelled { cancel() }
    }

    func cancel() {
      let cancel = state.withLock { state in
        state.isCancelled = true
        return state.cancel
      }
      cancel?()
    }
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
