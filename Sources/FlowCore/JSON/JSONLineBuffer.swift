/// The lines of a JSON Lines document that comes in pieces, blank ones passed over; holds no more than a piece and
/// the line that it ends in.
///
/// Append a piece, take lines until there are none, append the next; after the last one call `finish`, and take the
/// line that had no end.
public struct JSONLineBuffer: Sendable {
  private var bytes: [UInt8] = []
  /// Where the next line begins.
  private var start = 0
  /// Up to where there is no line feed after `start`: a long line is searched once, not once a piece.
  private var searched = 0
  private var number = 0
  private var isFinished = false

  /// A buffer before the first line.
  public init() {}

  /// How many bytes of a line without an end are held.
  public var pendingBytes: Int { bytes.count - start }

  /// Adds a piece of the document.
  public mutating func append(_ piece: [UInt8]) {
    bytes.removeSubrange(..<start)
    searched -= start
    start = 0
    bytes += piece
  }

  /// Says that no piece follows.
  public mutating func finish() { isFinished = true }

  /// The next line that is there as a whole and not blank.
  public mutating func next() -> JSONLines.Element? {
    while start < bytes.count {
      let end: Int
      if let found = bytes[searched...].firstIndex(of: 0x0A) {
        end = found
      } else {
        searched = bytes.count
        guard isFinished else { return nil }
        end = bytes.count
      }
      let line = bytes[start..<end]
      number += 1
      start = min(end + 1, bytes.count)
      searched = start
      if !JSONLines.isBlank(line) { return (number, line) }
    }
    return nil
  }
}
