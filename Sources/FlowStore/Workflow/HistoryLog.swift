import FlowCore
import Glibc

// workflow_history.json is the write-ahead log of workflow.json and always a valid JSON array:
//
//     [
//     {"seq":1,…},
//     {"seq":2,…}
//     ]
//
// An event is one line, so that appending is a write over the closing bracket, reading the newest ones is a walk
// back from the end, and neither depends on how long the file is. A writer that is killed leaves a torn end: a
// part of a line, zeros where a block never came to the disk, or no bracket. Readers pass over it. The next
// writer cuts it, but only what can be such an end: anything else that cannot be read was put there by someone
// and is not ours to throw away.

/// The events of a project, in the file workflow_history.json.
struct HistoryLog: Sendable {
  static let fileName = "workflow_history.json"

  let path: String

  /// The newest events and the state of the file's end.
  struct Tail: Sendable {
    /// Oldest first; unreadable lines are left out.
    var events: [HistoryEvent]
    /// Where the last event ends in the file; 0 where there is none.
    var end: Int
    /// The size of the file.
    var size: Int
    var ending: Ending

    var last: HistoryEvent? { events.last }
  }

  /// What follows the last event.
  enum Ending: Sendable {
    /// Line feed, bracket, line feed.
    case closed
    /// What a writer that was killed may leave; it can be cut.
    case torn
    /// Someone laid the file out anew; it is still an array of events.
    case reformatted
    /// What no writer of ours leaves; the line is counted from 1.
    case foreign(line: Int)
  }

  /// The newest events, at most `limit` of them; nil if there is no file.
  ///
  /// - Throws: `storage.read_failed`.
  func tail(limit: Int) throws(FlowError) -> Tail? {
    guard let opened = try RegularFile.open(path) else { return nil }
    guard opened.size <= RegularFile.maximumBytes else {
      throw SystemError.tooLarge.whileReading(path)
    }
    var span = 64 << 10
    while true {
      let start = max(0, opened.size - span)
      let bytes: [UInt8]
      do throws(SystemError) {
        bytes = try opened.file.read(start..<opened.size)
      } catch {
        throw error.whileReading(path)
      }
      let lines = HistoryLines(bytes, isWhole: start == 0)
      let found = lines.newestEvents(limit: limit)
      if found.events.count == limit || start == 0 {
        return try tail(found, lines, start: start, limit: limit)
      }
      span *= 4
    }
  }

  /// All events that can be read, oldest first, and the lines that cannot; nil if there is no file.
  func contents() throws(FlowError) -> (events: [HistoryEvent], unreadable: [Int])? {
    guard let bytes = try RegularFile.read(path) else { return nil }
    if let events = HistoryLines.reformatted(bytes) { return (events, []) }
    return HistoryLines(bytes, isWhole: true).allEvents()
  }

  private func tail(
    _ found: (events: [HistoryEvent], end: Int),
    _ lines: HistoryLines,
    start: Int,
    limit: Int
  ) throws(FlowError) -> Tail {
    var tail = Tail(
      events: found.events,
      end: found.events.isEmpty ? 0 : start + found.end,
      size: start + lines.bytes.count,
      ending: .closed
    )
    let rest = found.events.isEmpty ? lines.bytes[...] : lines.bytes[found.end...]
    if rest.elementsEqual(HistoryLog.closing) { return tail }
    if lines.endsLikeAnArray, let events = HistoryLines.reformatted(try RegularFile.read(path) ?? []) {
      tail.events = Array(events.suffix(limit))
      tail.ending = .reformatted
    } else if HistoryLines.canBeTorn(rest) {
      tail.ending = .torn
    } else {
      let before = (try RegularFile.read(path) ?? []).prefix(tail.end).count { $0 == UInt8(ascii: "\n") }
      tail.ending = .foreign(line: before + (tail.end == 0 ? 1 : 2))
    }
    return tail
  }

  static let closing = Array("\n]\n".utf8)
}

extension SystemError {
  static let tooLarge = SystemError(EFBIG)
}
