import FlowCore

// The form is not documented by its vendor and changes with versions: a line's type, and the types of blocks within
// it, are taken as an open list. What is known becomes steps, the rest is counted by its type; only what a step is
// made of must be of the right kind.
//
// Lines stand in the order in which they were written. A session that was taken back to an earlier message goes on
// from there in the same file: both branches are steps, as both happened.
//
// A sub-agent's lines among a session's are left out: they would stand between a call and its result, and what they
// came to is in that result. In a file of their own, which begins with one, they are the session.

/// Reads a session of Claude Code: a line of JSON for each message, block of a message, or event.
struct ClaudeCodeReader: TranscriptReader {
  let source: String
  private var buffer = JSONLineBuffer()
  private var refs = OccurrenceRefs(prefix: "claude-code")
  /// The names of the tools that were called, by the call's id.
  private var callNames: [String: String] = [:]
  /// Whether the source is a sub-agent's; nil before its first message.
  private var isSidechain: Bool?
  private(set) var skipped = SkippedTally()

  init(source: String) {
    self.source = source
  }

  var pendingBytes: Int { buffer.pendingBytes }

  mutating func append(_ piece: [UInt8]) { buffer.append(piece) }
  mutating func finish() { buffer.finish() }

  mutating func next() throws(FlowError) -> [SourceStep]? {
    guard let (number, bytes) = buffer.next() else { return nil }
    let place = SourcePlace(line: number)
    let value = try ClaudeCodeReader.parse(bytes, in: source, place, &skipped)
    let line: ClaudeCodeLine
    do {
      line = try ClaudeCodeLine(value)
    } catch {
      throw error.located(in: source, place)
    }
    if line.isMessage {
      let mine = isSidechain ?? line.isSidechain
      isSidechain = mine
      if line.isSidechain, !mine {
        skipped.note("sidechain", at: place)
        return []
      }
    }
    for kind in line.skipped { skipped.note(kind, at: place) }
    for call in line.calls { if let id = call.id { callNames[id] = call.name } }
    var steps: [SourceStep] = []
    for (index, step) in line.steps.enumerated() {
      var step = step
      step.ts = line.time
      if step.role == .assistant { step.name = line.agent.map { "agent-\($0)" } }
      if step.role == .tool, let id = step.meta["tool_call_id"]?.string { step.name = callNames[id] }
      step.ref = line.uuid.map { index == 0 ? $0 : "\($0):\(index + 1)" } ?? refs.next(for: step)
      steps.append(try ClaudeCodeReader.validated(step, in: source, place))
    }
    return steps
  }
}
