import Dispatch

/// Runs work that blocks (disk, locks), one piece after the other, off the threads that Swift's tasks share.
///
/// Those threads are as many as the machine has cores; one that waited for a lock would hold up tasks that have
/// nothing to do with it.
package struct BlockingQueue: Sendable {
  private let queue: DispatchQueue

  package init(_ label: String) {
    queue = DispatchQueue(label: label)
  }

  /// Runs `body` when all work before it is done.
  package func run<Value: Sendable, Failure: Error>(
    _ body: @escaping @Sendable () throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    let result = await withCheckedContinuation { continuation in
      queue.async {
        continuation.resume(returning: Result(catching: body))
      }
    }
    return try result.get()
  }
}
