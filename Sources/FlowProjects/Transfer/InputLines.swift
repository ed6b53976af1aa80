public import FlowCore
import FlowStore

/// The lines of a JSON Lines input as they come, for a program that answers each before it reads the next.
public struct InputLines {
  /// The longest line that is taken: 400 MiB.
  static let maximumLineBytes = 400 << 20
  private static let pieceBytes = 1 << 16

  private let input: RepeatableInput
  private let queue = BlockingQueue("flow.input")
  private var buffer = JSONLineBuffer()
  private var done = 0
  private var isAtEnd = false
  /// What messages call the input.
  public var name: String { input.name }

  /// Opens a file or a pipe; nil stands for standard input.
  ///
  /// - Throws: `file.not_found`, `storage.read_failed`.
  public init(of path: String?) throws(FlowError) { input = try RepeatableInput(opening: path) }

  /// The next line that is not blank, or nil at the end.
  ///
  /// - Throws: `storage.read_failed`; `json.invalid` where a line is too long.
  public mutating func next() async throws(FlowError) -> JSONLines.Element? {
    while true {
      if let line = buffer.next() { return line }
      if isAtEnd { return nil }
      guard buffer.pendingBytes <= Self.maximumLineBytes else {
        throw FlowError(
          .invalidJSON,
          "a line of \(name) has more than \(Self.maximumLineBytes) bytes",
          hint: "cut it"
        )
      }
      let (input, done) = (input, done)
      let piece = try await queue.run { () throws(FlowError) in
        let end = try input.take() ?? done + Self.pieceBytes
        return try input.bytes(done..<max(done, end))
      }
      self.done += piece.count
      buffer.append(piece)
      isAtEnd = piece.isEmpty
      if isAtEnd { buffer.finish() }
    }
  }
}
