import FlowCore
import FlowText

/// Renders steps as blocks in which untrusted content cannot pose as Flow's own lines.
///
/// Content of one line stands behind `s12 speaker: `, where it cannot begin a line. Other content stands between
/// fences of backticks, longer than any run of backticks inside, so that no line of it can close the fence. In
/// both cases the content stands there unchanged, as one piece.
struct StepRenderer: Sendable {
  let meter: TokenMeter

  /// The step, whole.
  func whole(_ archived: ArchivedStep) -> Block {
    meter.block(text(label(archived), archived.step.content[...], note: nil))
  }

  /// The beginning of the step and a line that says how much is cut, in at most `limit` tokens; nil where not even
  /// a few words would fit.
  func cut(_ archived: ArchivedStep, to limit: Int) -> Block? {
    quoted(label(archived), archived.step.content, whole: archived.tokens, to: limit) { missing in
      "… \(missing) tokens cut; flowctl expand \(archived.id)"
    }
  }

  /// Any text under a label, whole where it fits into `limit` tokens, else cut with a note; nil where not even a
  /// few words would fit.
  func fitting(
    _ label: String,
    _ content: String,
    to limit: Int,
    note: (_ missing: Int) -> String
  ) -> (block: Block, isWhole: Bool)? {
    let whole = meter.block(text(label, content[...], note: nil))
    if whole.tokens <= limit { return (whole, true) }
    let tokens = meter.tokenizer.count(content)
    return quoted(label, content, whole: tokens, to: limit, note: note).map { ($0, false) }
  }

  /// The fewest tokens that show anything of a step: its label, fences, the note of the cut and a few words.
  func leastTokens(of archived: ArchivedStep) -> Int {
    let label = meter.tokenizer.count(label(archived))
    return min(whole(archived).tokens, label + 3 * StepRenderer.leastContent + 32)
  }

  /// The fewest tokens of content for which a cut is worth its note.
  static let leastContent = 8

  private func quoted(
    _ label: String,
    _ content: String,
    whole: Int,
    to limit: Int,
    note: (Int) -> String
  ) -> Block? {
    var room = limit
    // The frame's tokens are known only with the content in it: take away what is too much, and try again. Content
    // of backticks has fences as long as itself, so that taking all of the surplus away could leave nothing.
    for _ in 0..<16 where room >= StepRenderer.leastContent {
      let kept = meter.tokenizer.prefix(of: content, fitting: room)
      guard !kept.isEmpty else { return nil }
      let missing = max(1, whole - meter.tokenizer.count(String(kept)))
      let block = meter.block(text(label, kept, note: note(missing)))
      if block.tokens <= limit { return block }
      guard room > StepRenderer.leastContent else { return nil }
      room = max(StepRenderer.leastContent, room - min(block.tokens - limit, room / 2))
    }
    return nil
  }

  private func label(_ archived: ArchivedStep) -> String {
    let step = archived.step
    let speaker = OneLine.name(step.speaker)
    return step.role == .tool && step.name != nil
      ? "\(archived.id) tool \(speaker):" : "\(archived.id) \(speaker):"
  }

  private func text(_ label: String, _ content: Substring, note: String?) -> String {
    if note == nil, !content.unicodeScalars.contains(where: OneLine.breaksLine) {
      return content.isEmpty ? "\(label)\n" : "\(label) \(content)\n"
    }
    let fence = String(repeating: "`", count: max(3, longestBacktickRun(content) + 1))
    let end = note.map { "\($0)\n" } ?? ""
    return "\(label)\n\(fence)\n\(content)\n\(fence)\n\(end)"
  }

  private func longestBacktickRun(_ content: Substring) -> Int {
    var longest = 0
    var run = 0
    for byte in content.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
