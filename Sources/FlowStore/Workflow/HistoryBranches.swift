import FlowCore

// When version control merges two branches of one history, the file ends with the events of both: one side's, then the
// other's, which begins again at the number behind the last common one. Between them may stand the marks of a conflict.
//
//     {"seq":7,…}          common
//     <<<<<<< HEAD
//     {"seq":8,…}          ours
//     =======
//     {"seq":8,…}          theirs
//     {"seq":9,…}
//     >>>>>>> feature
//
// The lines of a branch can be done again only from the state that it began with. So each further branch gets an event
// in front that holds this state whole, its events are numbered on, and a last event holds the merged plan whole. Every
// state of every branch can then be rebuilt, and rolled back to, as before.

/// The events of a history in which branches were merged as lines.
struct HistoryBranches {
  /// The first row of events, from which the others branch off.
  private(set) var trunk: [HistoryEvent] = []
  private(set) var branches: [Branch] = []
  /// Lines that hold nothing readable, marks of a conflict aside; counted from 1.
  private(set) var unreadable: [Int] = []
  /// Lines with the marks of a conflict.
  private(set) var marks: [Int] = []
  /// Events that stand twice, word for word.
  private(set) var repeated = 0

  struct Branch {
    /// The last event that it has in common with the trunk.
    let fork: Int
    var events: [HistoryEvent]
  }

  init(_ bytes: [UInt8]) {
    var isBase = false
    var number = 0
    var lower = 0
    while lower < bytes.count {
      number += 1
      let upper = bytes[lower...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let line = bytes[lower..<upper]
      lower = upper + 1
      if let mark = Self.mark(line) {
        marks.append(number)
        isBase = mark == .base
        continue
      }
      // What both sides began with stands once more between them where git is told so (diff3).
      if isBase || HistoryLines.isPunctuation(line) { continue }
      guard let event = HistoryLines.event(in: line) else {
        unreadable.append(number)
        continue
      }
      add(event)
    }
  }

  /// Whether all is one row, but for gaps.
  var isStraight: Bool { branches.isEmpty && marks.isEmpty && repeated == 0 }

  private mutating func add(_ event: HistoryEvent) {
    if trunk.contains(event, near: event.seq) || branches.contains(where: { $0.events.contains(event) }) {
      repeated += 1
      return
    }
    if let last = branches.indices.last, let end = branches[last].events.last, event.seq > end.seq {
      branches[last].events.append(event)
    } else if branches.isEmpty, event.seq > trunk.last?.seq ?? 0 {
      trunk.append(event)
    } else {
      branches.append(Branch(fork: event.seq - 1, events: [event]))
    }
  }

  private enum Mark {
    case side, base
  }

  private static func mark(_ line: ArraySlice<UInt8>) -> Mark? {
    if line.starts(with: ConflictMarks.base) { return .base }
    let isSide =
      line.starts(with: ConflictMarks.ours) || line.starts(with: ConflictMarks.theirs)
      || line.elementsEqual(ConflictMarks.separator)
    return isSide ? .side : nil
  }
}

extension [HistoryEvent] {
  /// Whether an event stands here; its place is about its number, so that a long row is not searched.
  fileprivate func contains(_ event: HistoryEvent, near seq: Int) -> Bool {
    guard let first, seq >= first.seq else { return false }
    let guess = Swift.min(seq - first.seq, count - 1)
    if self[guess] == event { return true }
    return guess < count && self[guess].seq != seq && contains(event)
  }
}
