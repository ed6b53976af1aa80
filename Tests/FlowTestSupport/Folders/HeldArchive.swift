import Dispatch
import FlowCore
import FlowStore

/// Somebody who reads a memory database and does not end: they see it as it was, and keep its log.
///
/// A test must not open and close the database's files by itself meanwhile: POSIX takes a process's locks on a file away
/// when the process closes any descriptor of it.
package struct HeldArchive: Sendable {
  private let end = DispatchSemaphore(value: 0)
  private let reading: Task<Void, any Error>

  /// Begins to read; the file's state at this time is held when it returns.
  package init(path: String) async throws {
    let database = try MemoryDatabase(path: path, lockTimeout: 30)
    let (started, begin) = AsyncStream.makeStream(of: Void.self)
    let end = end
    reading = Task {
      try await database.read { memory throws(FlowError) in
        _ = try memory.steps.figures()
        begin.yield()
        end.wait()
      }
      database.close()
    }
    for await _ in started { break }
  }

  /// Ends the reading.
  package func release() async throws {
    end.signal()
    try await reading.value
  }
}
