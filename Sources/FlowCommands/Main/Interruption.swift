import Dispatch
import Glibc

/// Lets work that leaves something to clean up end in order when someone presses control-C.
enum Interruption {
  /// What a shell says of a command that SIGINT ended.
  static let exitCode: Int32 = 130

  /// Runs `body` in a task that the first SIGINT, SIGTERM or SIGHUP cancels; the second one ends the process.
  static func cancelling<Value: Sendable, Failure: Error>(
    _ body: @escaping @Sendable () async throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    let task = Task { () -> Result<Value, Failure> in
      do throws(Failure) { return .success(try await body()) } catch { return .failure(error) }
    }
    let sources = [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
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
}
