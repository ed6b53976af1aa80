import FlowCore
import Synchronization

/// What a process that lives remembers of a plan, so that a change costs what it changes: the state that the bytes of
/// workflow.json were last found to say, and how its tasks were written.
///
/// Nothing is taken from here on trust: a state counts only while the file's bytes are the same, a task's lines only
/// while the task is. One that commands make anew for each call would only cost them; it forgets plans that are large.
final class PlanMemory: Sendable {
  /// A task as it stands in the file, without its indentation and the comma behind it.
  struct Line: Sendable {
    let task: FlowTask
    /// Whether no comma stands behind it, which may decide how it is broken.
    let isLast: Bool
    let bytes: [UInt8]
  }

  /// A file's bytes and what they say.
  struct Reading: Sendable {
    let bytes: [UInt8]
    let sha256: String
    let workflow: Workflow
  }

  private static let maximumBytes = 16 << 20

  private let reading = Mutex<Reading?>(nil)
  private let written = Mutex<[Line]>([])

  /// What these bytes were found to say, if they are the ones that were read or written last.
  func reading(of bytes: [UInt8]) -> Reading? {
    reading.withLock { reading in
      guard let reading, reading.bytes == bytes else { return nil }
      return reading
    }
  }

  func remember(_ bytes: [UInt8], sha256: String, _ workflow: Workflow) {
    guard bytes.count <= Self.maximumBytes else { return }
    reading.withLock { $0 = Reading(bytes: bytes, sha256: sha256, workflow: workflow) }
  }

  /// The lines of the last rendering.
  var lines: [Line] {
    get { written.withLock { $0 } }
    set { written.withLock { $0 = newValue } }
  }
}
