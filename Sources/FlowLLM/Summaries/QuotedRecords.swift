import FlowCore
import FlowText

// What steps say goes to a model as data, never as orders. Each line of a step stands behind "| ", so that no line of it
// can pose as the head of another record or as the end of them all; heads and the notes of what was left out are the only
// lines that begin otherwise. Colours of a tool's output are left out: a model would copy what is left of them. Secrets
// are masked before anything is cut, so that no cut hides one from the rules.

/// Steps as a model is shown them.
struct QuotedRecords {
  /// The records, a line end between them and none at the end.
  let text: String
  /// What the model can know, without the marks in front of lines: what its answer is held against.
  let shown: [StepID: String]
  /// How many secrets of each kind were masked.
  let masked: [String: Int]

  /// - Parameter limit: the most tokens of all contents together, as counted by the archive: of longer ones the
  ///   beginning and the end are shown.
  init(_ steps: [ArchivedStep], limit: Int, mask: TextMask) {
    let share = QuotedRecords.share(of: steps, limit: limit)
    var records: [String] = []
    var shown: [StepID: String] = [:]
    var masked: [String: Int] = [:]
    for archived in steps {
      let name = archived.step.name.map { name in
        let line = mask(OneLine.name(name))
        masked.merge(line.counts, uniquingKeysWith: +)
        return " " + line.text
      }
      let content = mask(TerminalText.plain(archived.step.content))
      masked.merge(content.counts, uniquingKeysWith: +)
      let head =
        "\(archived.id) · \(archived.step.role.rawValue)\(name ?? "") · \(archived.ts.date) \(archived.ts.clockTime)"
      let pieces = QuotedRecords.pieces(of: content.text, tokens: archived.tokens, share: share)
      records.append(([head] + pieces.map(QuotedRecords.quoted)).joined(separator: "\n"))
      shown[archived.id] = ([head] + pieces.map(\.text)).joined(separator: "\n")
    }
    text = records.joined(separator: "\n")
    self.shown = shown
    self.masked = masked
  }

  private struct Piece {
    let text: String
    /// Tokens left out before it, about.
    var leftOut = 0
  }

  /// Any text, each line behind a mark.
  static func quoted(_ text: String) -> String {
    "| "
      + text.split(omittingEmptySubsequences: false) { $0.unicodeScalars.contains(where: OneLine.breaksLine) }
      .joined(separator: "\n| ")
  }

  private static func quoted(_ piece: Piece) -> String {
    let note = piece.leftOut > 0 ? "(about \(piece.leftOut) tokens are left out here)\n" : ""
    return note + quoted(piece.text)
  }

  /// The most tokens that each step may have so that all have at most `limit`.
  private static func share(of steps: [ArchivedStep], limit: Int) -> Int {
    var left = limit
    let sizes = steps.map(\.tokens).sorted()
    for (index, size) in sizes.enumerated() {
      let share = left / (sizes.count - index)
      if size > share { return share }
      left -= size
    }
    return .max
  }

  /// All of a text, or three quarters of its share from the beginning and the rest from the end.
  private static func pieces(of text: String, tokens: Int, share: Int) -> [Piece] {
    guard tokens > share else { return [Piece(text: text)] }
    let bytes = text.utf8.count
    let kept = bytes * share / max(1, tokens)
    // A slice of a string begins and ends between scalars, wherever the offset lies.
    let first = String(text[..<text.utf8.index(text.startIndex, offsetBy: kept / 4 * 3)])
    let last = String(text[text.utf8.index(text.startIndex, offsetBy: bytes - kept / 4)...])
    return [Piece(text: first), Piece(text: last, leftOut: tokens - share)]
  }
}
