import FlowText

// What a step's form shows, as the index keeps it: from the lowest bit up, a bit for a standing rule, a
// preference and a question, then the counts, each cut to its field. A change here is a change of
// `IndexedText.version`. Bits 12 to 14 held a count that nothing went by; they are free, and may be set in an index
// that was made before.

/// The marks of a step as ranking reads them back.
struct PackedMarks: Sendable, Hashable {
  let bits: UInt32

  var isStandingRule: Bool { bits & 1 != 0 }
  var isPreference: Bool { bits & 2 != 0 }
  var isQuestion: Bool { bits & 4 != 0 }
  /// At most 7.
  var firstPerson: Int { count(at: 3) }
  /// At most 7.
  var timeWords: Int { count(at: 6) }
  /// At most 7.
  var properNames: Int { count(at: 9) }
  /// Terms that no step before it holds, at most 15.
  var newTerms: Int { Int(bits >> 15 & 15) }

  init(bits: UInt32) {
    self.bits = bits
  }

  /// The marks of a text with so many terms that are new.
  init(_ marks: StepMarks, newTerms: Int) {
    var bits: UInt32 = marks.isStandingRule ? 1 : 0
    if marks.isPreference { bits |= 2 }
    if marks.isQuestion { bits |= 4 }
    let counts = [marks.firstPersonCount, marks.timeWords, marks.properNameCount]
    for (index, count) in counts.enumerated() { bits |= UInt32(min(7, count)) << (3 + 3 * UInt32(index)) }
    self.bits = bits | UInt32(min(15, newTerms)) << 15
  }

  private func count(at place: UInt32) -> Int { Int(bits >> place & 7) }
}
