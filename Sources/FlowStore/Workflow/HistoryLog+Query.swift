import FlowCore
import Glibc

extension HistoryLog {
  /// The events that are asked for, oldest first; unreadable lines are left out.
  ///
  /// Reads from the end, and no further than it must: the newest events of a long history cost what they cost in a
  /// short one. What is passed over is not parsed.
  ///
  /// - Throws: `storage.read_failed`.
  func events(_ query: HistoryQuery) throws(FlowError) -> [HistoryEvent] {
    if let limit = query.limit, limit <= 0 { return [] }
    var found: [HistoryEvent] = []
    // A line that is no event may be a torn end, or part of a file that someone laid out anew.
    var hasOtherLines = false
    try forEachLineFromEnd { line in
      if HistoryLines.isPunctuation(line) { return .goOn }
      let head = HistoryLineHead(line)
      if let head {
        if let after = query.after, head.seq <= after { return .stop }
        guard query.matches(seq: head.seq, ts: head.ts, kind: head.kind) else { return .goOn }
      }
      guard let event = HistoryLines.event(in: line) else {
        hasOtherLines = true
        return .goOn
      }
      guard query.matches(seq: event.seq, ts: event.ts, kind: event.event) else { return .goOn }
      found.append(event)
      return found.count == query.limit ? .stop : .goOn
    }
    if hasOtherLines, let bytes = try RegularFile.read(path),
      let events = HistoryLines.reformatted(bytes)
    {
      let matching = events.filter { query.matches(seq: $0.seq, ts: $0.ts, kind: $0.event) }
      return query.limit.map { Array(matching.suffix($0)) } ?? matching
    }
    return found.reversed()
  }

  private enum Step {
    case goOn, stop
  }

  /// Hands out the lines, the last one first, without their line feeds.
  private func forEachLineFromEnd(_ body: (ArraySlice<UInt8>) -> Step) throws(FlowError) {
    guard let opened = try RegularFile.open(path) else { return }
    guard opened.size <= RegularFile.maximumBytes else { throw SystemError.tooLarge.whileReading(path) }
    var end = opened.size
    // The beginning of a line whose end was read before, and that end.
    var rest: [UInt8] = []
    var span = 64 << 10
    while end > 0 {
      let start = max(0, end - span)
      var block: [UInt8]
      do throws(SystemError) {
        block = try opened.file.read(start..<end)
      } catch {
        throw error.whileReading(path)
      }
      block += rest
      var upper = block.count
      while let newline = block[..<upper].lastIndex(of: UInt8(ascii: "\n")) {
        if upper > newline + 1, body(block[(newline + 1)..<upper]) == .stop { return }
        upper = newline
      }
      rest = Array(block[..<upper])
      end = start
      // A line longer than a block is joined once for each doubling, not once for each block.
      span = rest.count > span ? 2 * rest.count : 256 << 10
    }
    if !rest.isEmpty { _ = body(rest[...]) }
  }

  /// Does all events again up to one, from the newest before it that holds a whole plan; nil goes to the end.
  ///
  /// - Returns: nil where there is no file, or no such event.
  /// - Throws: `storage.read_failed`; what cannot be done again stands in `replay`.
  func replayed(through seq: Int?, _ replay: HistoryReplay) throws(FlowError) -> HistoryReplay? {
    guard let bytes = try RegularFile.read(path) else { return nil }
    var replay = replay
    var isFound = seq == nil
    if let events = HistoryLines.reformatted(bytes) {
      for event in events where event.seq <= seq ?? .max {
        replay.apply(event)
        isFound = isFound || event.seq == seq
      }
      return isFound ? replay : nil
    }
    var lines: [Range<Int>] = []
    var lower = 0
    while lower < bytes.count {
      let upper = bytes[lower...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      if bytes[lower] == UInt8(ascii: "{") {
        let head = HistoryLineHead(bytes[lower..<upper])
        if let seq, let head, head.seq > seq { break }
        if head?.isWhole == true { lines.removeAll(keepingCapacity: true) }
      }
      lines.append(lower..<upper)
      lower = upper + 1
    }
    for line in lines {
      guard let event = HistoryLines.event(in: bytes[line]) else { continue }
      if let seq, event.seq > seq { break }
      replay.apply(event)
      isFound = isFound || event.seq == seq
    }
    return isFound ? replay : nil
  }
}
