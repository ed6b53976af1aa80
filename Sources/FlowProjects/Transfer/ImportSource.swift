public import FlowCore
import FlowStore

/// Where an import reads from.
public enum ImportSource: Sendable {
  /// A file, or a pipe with a name.
  case file(String)
  case standardInput
  /// Bytes in memory; `name` is what messages call them.
  case bytes([UInt8], name: String)

  func open() throws(FlowError) -> RepeatableInput {
    switch self {
    case .file(let path): try RepeatableInput(opening: path)
    case .standardInput: try RepeatableInput(opening: nil)
    case .bytes(let bytes, let name): RepeatableInput(bytes, name: name)
    }
  }
}

/// How far an import has come; counts are bytes.
public enum ImportProgress: Sendable, Hashable {
  /// A pipe is read to its end.
  case reading(Int)
  /// All lines are checked.
  case checking(Int, of: Int)
  /// The steps are stored.
  case storing(Int, of: Int)
}

/// What an import did.
public struct ImportReceipt: Sendable, Hashable {
  /// Steps in the source.
  public let read: Int
  /// Steps that were not there before.
  public let new: Int
  /// The first and last id of the new steps.
  public let ids: ClosedRange<StepID>?
  /// The summaries of steps that were made because short-term memory overflowed.
  public let leaves: [SummaryID]
  /// What the source holds and no step does, the most frequent kind first.
  public let skipped: [SkippedContent]
}
