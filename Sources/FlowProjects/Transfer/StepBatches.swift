import FlowCore
import FlowStore

/// Reads the steps of a JSONL source in batches, so that a file of any size takes no more memory than a batch.
///
/// The first pass takes a digest of each piece; a second one is given these and compares each piece before it hands
/// out a step of it. So what the second pass stores is what the first one checked. What was appended to a file
/// meanwhile is left for another time.
struct StepBatches {
  /// A batch ends with this many steps, or with the line that brings it to so many bytes; others can write in
  /// between.
  static let steps = 500
  static let bytes = 4 << 20
  static let pieceBytes = 1 << 18
  /// The longest line: a step's content at its longest, all of it escaped, and some room.
  static let maximumLineBytes = 400 << 20

  private let input: RepeatableInput
  private let queue: BlockingQueue
  private let expected: Digests?
  private var lines: StepLines
  private var buffer = JSONLineBuffer()
  private var isAtEnd = false
  /// What was read so far.
  private(set) var digests = Digests()

  /// The pieces of a source as one pass saw them.
  struct Digests: Sendable {
    var pieces: [String] = []
    var bytes = 0
  }

  /// Begins a pass; `expected` is what the pass before saw.
  init(_ input: RepeatableInput, queue: BlockingQueue, expected: Digests? = nil) {
    self.input = input
    self.queue = queue
    self.expected = expected
    lines = StepLines(source: input.name)
  }

  /// The next steps, or nil at the end.
  ///
  /// - Throws: `json.invalid` or `step.invalid` with the line; `revision.conflict` where the source is not what the
  ///   pass before saw.
  mutating func next() async throws(FlowError) -> [StepLines.Line]? {
    var batch: [StepLines.Line] = []
    var size = 0
    while batch.count < StepBatches.steps, size < StepBatches.bytes {
      if let (number, line) = buffer.next() {
        size += line.count
        batch.append(try lines.read(line, number: number))
      } else if isAtEnd {
        break
      } else {
        try await readPiece()
      }
    }
    return batch.isEmpty ? nil : batch
  }

  private mutating func readPiece() async throws(FlowError) {
    let start = digests.bytes
    let end = min(start + StepBatches.pieceBytes, expected?.bytes ?? Int.max)
    let (input, range) = (input, start..<end)
    let (piece, digest) = try await queue.run { () throws(FlowError) in
      let piece = try input.bytes(range)
      return (piece, SHA256.hexDigest(of: piece))
    }
    if let expected, !range.isEmpty, expected.pieces[digests.pieces.count] != digest { throw changed() }
    guard !piece.isEmpty else {
      isAtEnd = true
      buffer.finish()
      return
    }
    digests.pieces.append(digest)
    digests.bytes += piece.count
    buffer.append(piece)
    guard buffer.pendingBytes <= StepBatches.maximumLineBytes else {
      throw FlowError(
        .invalidStep,
        "\(input.name) has a line of more than \(StepBatches.maximumLineBytes) bytes",
        hint: "each line must be one step; nothing was imported"
      )
    }
  }

  private func changed() -> FlowError {
    FlowError(
      .revisionConflict,
      "\(input.name) changed while it was being imported",
      hint: "import it again when nothing writes to it; steps that were stored already are not stored twice"
    )
  }
}
