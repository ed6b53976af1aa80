import FlowCore

/// The marks that a version control system leaves in a file that it could not merge (git-merge(1), "How conflicts are
/// presented").
struct ConflictMarks: Sendable {
  /// The lines of the first conflict, counted from 1.
  let lines: ClosedRange<Int>

  /// Finds the first conflict; nil if there is none.
  init?(in bytes: [UInt8]) {
    var start: Int?
    for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated()
    {
      if line.starts(with: Self.ours) {
        start = index + 1
      } else if let start, line.starts(with: Self.theirs) {
        lines = start...index + 1
        return
      }
    }
    return nil
  }

  static let ours = Array("<<<<<<< ".utf8)
  static let base = Array("||||||| ".utf8)
  static let separator = Array("=======".utf8)
  static let theirs = Array(">>>>>>> ".utf8)

  func error(file: String) -> FlowError {
    FlowError(
      .invalidJSON,
      "\(file) lines \(lines.lowerBound) to \(lines.upperBound) hold the marks of a merge that is not finished",
      hint: "`flowctl doctor --fix` merges both sides, or resolve it by hand",
      context: ["file": file, "line": String(lines.lowerBound)]
    )
  }
}

/// A file with conflicts as each of the two sides had it.
struct ConflictSides: Sendable {
  private(set) var ours: [UInt8] = []
  private(set) var theirs: [UInt8] = []

  /// Takes a file apart; nil where it has no complete conflict.
  init?(_ bytes: [UInt8]) {
    guard ConflictMarks(in: bytes) != nil else { return nil }
    var side = Side.both
    var lower = 0
    while lower < bytes.count {
      let upper = bytes[lower...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
      let line = bytes[lower..<upper]
      lower = upper
      if side == .both, line.starts(with: ConflictMarks.ours) {
        side = .ours
      } else if side == .ours, line.starts(with: ConflictMarks.base) {
        side = .base
      } else if side == .ours || side == .base, line.starts(with: ConflictMarks.separator) {
        side = .theirs
      } else if side == .theirs, line.starts(with: ConflictMarks.theirs) {
        side = .both
      } else {
        if side == .both || side == .ours { ours += line }
        if side == .both || side == .theirs { theirs += line }
      }
    }
    guard side == .both else { return nil }
  }

  private enum Side {
    case both, ours, base, theirs
  }
}
