import FlowCore
import Synchronization

// The problem: how many of a step's terms were never said before tells much of what it is worth, and only the index
// knows; but forty look-ups for each step would double the cost of an import.
//
// The design: a process remembers, by hash, the terms that it stored or looked up. What is among them is known; the rest
// is looked up. Where the process has stored every step of the archive itself, as an import into a new project has,
// what it does not remember is new, and nothing is looked up at all.
//
// What holds: the count does not depend on how steps came in, one by one or in batches; terms of a transaction that
// failed are not remembered. (Two terms of one 64-bit hash would count as one.)

/// The terms that this process knows to be in the archive.
final class KnownTerms: Sendable {
  private struct State {
    var hashes: Set<UInt64> = []
    /// The terms of so many steps, the first of the archive, are all in `hashes`.
    var completeSteps = 0
  }

  /// The most terms that are remembered: some 32 MB.
  private static let limit = 1 << 20

  private let state = Mutex(State())

  /// A counter for a transaction in which the archive has so many steps.
  func counter(steps: Int) -> NewTermCounter {
    state.withLock { NewTermCounter(known: $0.hashes, isComplete: $0.completeSteps == steps, steps: steps) }
  }

  /// Takes in what a counter saw, once its transaction is durable.
  func merge(_ seen: NewTermCounter.Seen) {
    state.withLock { state in
      guard state.hashes.count + seen.hashes.count <= KnownTerms.limit else {
        state = State(hashes: [], completeSteps: -1)
        return
      }
      state.hashes.formUnion(seen.hashes)
      if seen.isComplete, state.completeSteps == seen.stepsBefore { state.completeSteps = seen.stepsAfter }
    }
  }
}

/// Counts the new terms of the steps of one transaction.
struct NewTermCounter {
  /// What is to be remembered.
  struct Seen: Sendable {
    fileprivate(set) var hashes: Set<UInt64> = []
    let isComplete: Bool
    let stepsBefore: Int
    fileprivate(set) var stepsAfter: Int
  }

  private let known: Set<UInt64>
  private(set) var seen: Seen

  fileprivate init(known: Set<UInt64>, isComplete: Bool, steps: Int) {
    self.known = known
    seen = Seen(isComplete: isComplete, stepsBefore: steps, stepsAfter: steps)
  }

  /// How many of the words of a step, which is about to be added to the index, no step before it holds.
  mutating func count(_ terms: [TermWeight], in index: any RecallIndex) throws(FlowError) -> Int {
    seen.stepsAfter += 1
    var unknown: [String] = []
    for term in terms where !IndexTerm.isMark(term.term) {
      let hash = NewTermCounter.hash(term.term)
      if !known.contains(hash), seen.hashes.insert(hash).inserted { unknown.append(term.term) }
    }
    if unknown.isEmpty || seen.isComplete { return unknown.count }
    return try index.counts(of: unknown).count { $0 == 0 }
  }

  /// FNV-1a, 64 bits.
  private static func hash(_ term: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in term.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash
  }
}
