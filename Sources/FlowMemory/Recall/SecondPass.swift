import FlowCore
import FlowText

/// The names and terms that the best steps of a first pass share, and where else they stand: what answers a
/// question in part often tells how the other parts are called (pseudo-relevance feedback, Rocchio 1971).
struct SecondPass {
  /// How many steps of the first pass are read.
  static let steps = 8
  /// How many terms are looked up, and how many of those then count.
  static let lookedUp = 40
  static let terms = 12
  /// The most bytes of a step that are read.
  private static let bytes = 4000

  let query: RecallQuery
  let table: CandidateTable
  let words: WordColumns
  let speakers: [Int: Speaker]

  /// For each candidate how much of those terms stand in it, as a share of the highest.
  func columns(from memory: any MemoryTransaction, figures: ArchiveFigures) throws(FlowError) -> [Double] {
    var sums = [Double](repeating: 0, count: table.count)
    let wanted = try sharedTerms(memory)
    guard !wanted.isEmpty else { return sums }
    let lists = try memory.recall.postings(of: wanted.map(\.term))
    var weighed: [(list: PostingList, weight: Double, term: String)] = []
    for (list, term) in zip(lists, wanted) where list.count > 1 {
      let rarity = TermSaturation.rarity(count: list.count, among: figures.steps)
      weighed.append((list, term.weight * rarity * rarity, term.term))
    }
    weighed.sort { ($0.weight, $1.term) > ($1.weight, $0.term) }
    var buffer = PostingBuffer()
    for (list, weight, _) in weighed.prefix(SecondPass.terms) {
      table.forEachMatch(in: list, buffer: &buffer) { index, _ in sums[index] += weight }
    }
    return WordColumns.share(sums)
  }

  /// Of the best steps, those that hold a term.
  private struct Holders {
    var steps = 0
    var weight = 0.0

    mutating func add(_ weight: Double) {
      steps += 1
      self.weight += weight
    }
  }

  /// The terms that at least two of the best steps hold, those that tell most of them first.
  private func sharedTerms(_ memory: any MemoryTransaction) throws(FlowError) -> [(
    term: String, weight: Double
  )] {
    let known = Set(query.terms).union(query.speakerTerms)
    var holders: [String: Holders] = [:]
    holders.reserveCapacity(1024)
    for (index, score) in best() {
      guard let step = try memory.steps.step(table.profiles[index].id) else { continue }
      let text = String(decoding: step.step.content.utf8.prefix(SecondPass.bytes), as: UTF8.self)
      let terms = TermAnalyzer().terms(in: text)
      var counts: [String: Int] = [:]
      for term in terms { counts[term, default: 0] += 1 }
      let norm = (Double(terms.count) + 8).squareRoot()
      for (term, count) in counts where !known.contains(term) {
        let weight = score * (1 + Double(count - 1).squareRoot()) / norm
        holders[term, default: Holders()].add(weight)
      }
    }
    return holders.filter { $0.value.steps > 1 }
      .map { (term: $0.key, weight: $0.value.weight) }
      .sorted { ($0.weight, $1.term) > ($1.weight, $0.term) }
      .prefix(SecondPass.lookedUp).map { $0 }
  }

  /// The best steps by their words, their neighbours', their sitting's, and whether the one who is named says it.
  private func best() -> [(index: Int, score: Double)] {
    var best: [(index: Int, score: Double)] = []
    let named = Set(speakers.values.filter(query.names).map(\.number))
    for index in 0..<table.count {
      let sitting = words.sitting[table.sittingIndex[index]]
      var score = words.ownShare[index] + 0.4 * sitting
      if table.followsPrevious[index] { score += 0.4 * words.ownShare[index - 1] }
      if index + 1 < table.count, table.followsPrevious[index + 1] {
        score += 0.4 * words.ownShare[index + 1]
      }
      if !named.isEmpty, named.contains(table.profiles[index].speaker) {
        score += 0.6 * words.ownShare[index] + 0.18 * sitting + 0.18
      }
      guard score > 0 else { continue }
      if best.count == SecondPass.steps, let last = best.last, score <= last.score { continue }
      let place = best.firstIndex { $0.score < score } ?? best.count
      best.insert((index, score), at: place)
      if best.count > SecondPass.steps { best.removeLast() }
    }
    return best
  }
}
