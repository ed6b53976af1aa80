import FlowCore
import Glibc

extension HistoryLog {
  /// Adds events behind the last one, durably.
  ///
  /// The project's lock must be held since `tail` was read.
  ///
  /// - Throws: `storage.write_failed`, and the file ends as before; `history.invalid` where its end is not ours
  ///   to cut.
  func append(_ events: [HistoryEvent], after tail: Tail?) throws(FlowError) {
    guard let tail, !tail.events.isEmpty, !tail.ending.isReformatted else {
      if case .foreign(let line)? = tail?.ending { throw foreign(line) }
      let old = try tail == nil ? nil : contents()
      return try replace(with: (old?.events ?? []) + events)
    }
    if case .foreign(let line) = tail.ending { throw foreign(line) }
    guard let opened = try RegularFile.open(path, O_RDWR | O_NOFOLLOW) else {
      throw SystemError(ENOENT).whileWriting(path)
    }
    do throws(SystemError) {
      if case .torn = tail.ending { try opened.file.truncate(to: tail.end) }
      try opened.file.write(Self.lines(events, isFirst: false), at: tail.end)
      try opened.file.synchronizeData()
    } catch {
      try? close(opened.file, at: tail.end)
      throw error.whileWriting(path)
    }
  }

  /// Takes back what was appended after `tail`, as well as it can be: used when the change that the events tell
  /// of could not be finished.
  func retract(_ events: [HistoryEvent], to tail: Tail?) {
    guard let tail else {
      unlink(path)
      return
    }
    if tail.events.isEmpty || tail.ending.isReformatted {
      guard let now = try? contents() else { return }
      try? replace(with: now.events.dropLast(events.count))
    } else if let opened = try? RegularFile.open(path, O_RDWR | O_NOFOLLOW) {
      try? close(opened.file, at: tail.end)
    }
  }

  /// Lets the file end behind an event.
  ///
  /// The bytes go over others that have their place on the disk already, so that this works on a full one.
  private func close(_ file: borrowing OpenFile, at end: Int) throws(SystemError) {
    try file.write(Self.closing, at: end)
    try file.truncate(to: end + Self.closing.count)
    try file.synchronizeData()
  }

  /// Writes the file anew.
  ///
  /// The project's lock must be held.
  func replace(with events: [HistoryEvent]) throws(FlowError) {
    try AtomicFile.write(Array("[".utf8) + Self.lines(events, isFirst: true), to: path)
  }

  /// A file's bytes in Flow's own layout, if someone laid it out in another way.
  static func oneEventALine(_ bytes: [UInt8]) -> [UInt8] {
    guard !HistoryLines(bytes, isWhole: true).allEvents().unreadable.isEmpty,
      let events = HistoryLines.reformatted(bytes)
    else { return bytes }
    return Array("[".utf8) + lines(events, isFirst: true)
  }

  /// What stands from the end of one event to the end of the file.
  private static func lines(_ events: [HistoryEvent], isFirst: Bool) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, event) in events.enumerated() {
      if index > 0 || !isFirst { bytes.append(UInt8(ascii: ",")) }
      bytes.append(UInt8(ascii: "\n"))
      event.json.write(to: &bytes)
    }
    return bytes + closing
  }

  private func foreign(_ line: Int) -> FlowError {
    FlowError(
      .invalidHistory,
      "\(Self.fileName) line \(line) is not an event",
      hint: "mend that line, bring the file back from a backup, or move it away to begin a new history",
      context: ["file": Self.fileName, "line": String(line)]
    )
  }
}

extension HistoryLog.Ending {
  var isReformatted: Bool {
    if case .reformatted = self { true } else { false }
  }
}
