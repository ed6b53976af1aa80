import FlowCore
import FlowStore

/// Reads the steps of a source in batches, so that a file of any size takes no more memory than a batch.
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
  /// The longest line, or value where lines do not count: a step's content at its longest, all of it escaped, and some
  /// room.
  static let maximumLineBytes = 400 << 20

  private let input: RepeatableInput
  private let queue: BlockingQueue
  private let expected: Digests?
  private var reader: any TranscriptReader
  /// Steps that were read and not handed out, and from where on.
  private var waiting: [SourceStep] = []
  private var nextWaiting = 0
  private var isAtEnd = false
  /// What was read so far.
  private(set) var digests = Digests()

  /// The pieces of a source as one pass saw them.
  struct Digests: Sendable {
    var pieces: [String] = []
    var bytes = 0
  }

  /// Begins a pass; `expected` is what the pass before saw.
  init(_ input: RepeatableInput, _ format: TranscriptFormat, queue: BlockingQueue, expected: Digests? = nil) {
    self.input = input
    self.queue = queue
    self.expected = expected
    reader = format.reader(source: input.name)
  }

  /// What was not carried over so far.
  var skipped: [SkippedContent] { reader.skipped.contents }

  /// The next steps, or nil at the end.
  ///
  /// - Throws: `json.invalid` or `step.invalid` with the line; `revision.conflict` where the source is not what the
  ///   pass before saw.
  mutating func next() async throws(FlowError) -> [SourceStep]? {
    var batch: [SourceStep] = []
    var size = 0
    while batch.count < StepBatches.steps, size < StepBatches.bytes {
      if nextWaiting < waiting.count {
        let step = waiting[nextWaiting]
        nextWaiting += 1
        size += step.step.content.utf8.count
        batch.append(step)
      } else if let read = try reader.next() {
        waiting = read
        nextWaiting = 0
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
      reader.finish()
      return
    }
    digests.pieces.append(digest)
    digests.bytes += piece.count
    reader.append(piece)
    guard reader.pendingBytes <= StepBatches.maximumLineBytes else {
      throw FlowError(
        .invalidStep,
        "\(input.name) has a line or message of more than \(StepBatches.maximumLineBytes) bytes",
        hint: "check its form and --from; nothing was imported"
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
