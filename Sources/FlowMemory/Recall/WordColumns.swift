import FlowCore

/// What the words of a query say of each candidate: a column of numbers for each feature, in the order of the
/// candidates.
struct WordColumns: Sendable {
  /// BM25 of the query's terms in the step, and the same as a share of the highest.
  private(set) var own: [Double]
  private(set) var ownShare: [Double]
  /// BM25 of the query's terms in the step and the two on both sides, as one text.
  private(set) var window: [Double]
  private(set) var windowShare: [Double]
  /// For each term the best that it tells in the step, or less further away; as a share of the highest.
  private(set) var windowBest: [Double]
  private(set) var matches: [Double]
  private(set) var rarest: [Double]
  /// The share of the query, by rarity, that stands in the step.
  private(set) var cover: [Double]
  private(set) var firstMention: [Double]
  /// BM25 against the square root of the step's length, as a share of the highest.
  private(set) var aboutness: [Double]
  private(set) var members: [Double]
  private(set) var synonyms: [Double]
  /// By sitting.
  private(set) var sitting: [Double]
  private(set) var sittingCover: [Double]
  private(set) var sittingBest: [Double]

  /// What a query's term says where it stands.
  static func rarity(of list: PostingList, among steps: Int) -> Double {
    TermSaturation.rarity(count: list.count, among: steps)
  }

  init(_ evidence: RecallLists, in table: CandidateTable, figures: ArchiveFigures) {
    let zeros = [Double](repeating: 0, count: table.count)
    let sittingZeros = [Double](repeating: 0, count: table.sittings.count)
    (own, ownShare, window, windowShare, windowBest, matches) = (zeros, zeros, zeros, zeros, zeros, zeros)
    (rarest, cover, firstMention, aboutness, members, synonyms) = (zeros, zeros, zeros, zeros, zeros, zeros)
    (sitting, sittingCover, sittingBest) = (sittingZeros, sittingZeros, sittingZeros)

    let rarities = evidence.terms.map { Self.rarity(of: $0, among: figures.steps) }
    let bound = rarities.reduce(1e-6, +)
    let averageLength = max(1, Double(figures.terms) / Double(max(1, figures.sittings)))
    var buffer = PostingBuffer()
    var scratch = Scratch(count: table.count)
    for (list, rarity) in zip(evidence.terms, rarities) where list.count > 0 {
      add(list, rarity: rarity, bound: bound, in: table, scratch: &scratch, buffer: &buffer)
      table.forEachSitting(in: list, buffer: &buffer) { index, sum in
        let norm = TermSaturation.norm(length: table.sittings[index].length, average: averageLength)
        sitting[index] += rarity * sum * TermSaturation.bound / (sum + norm)
        sittingCover[index] += rarity / bound
      }
    }
    members = spread(evidence.members, evidence.terms, table, figures, &scratch, &buffer)
    synonyms = spread(evidence.synonyms, evidence.terms, table, figures, &scratch, &buffer)
    finish(table)
  }

  /// What a term is found in, one term after the other.
  private struct Scratch {
    private var sums: [Double]
    private var bests: [Double]
    private var touched: [Int] = []

    init(count: Int) {
      sums = [Double](repeating: 0, count: count)
      bests = sums
    }

    mutating func add(_ value: Double, best: Double, at index: Int) {
      if sums[index] == 0 { touched.append(index) }
      sums[index] += value
      bests[index] = max(bests[index], best)
    }

    mutating func clear(_ index: Int) { bests[index] = 0 }

    mutating func drain(_ body: (_ index: Int, _ sum: Double, _ best: Double) -> Void) {
      for index in touched {
        body(index, sums[index], bests[index])
        sums[index] = 0
        bests[index] = 0
      }
      touched.removeAll(keepingCapacity: true)
    }
  }

  private mutating func add(
    _ list: PostingList,
    rarity: Double,
    bound: Double,
    in table: CandidateTable,
    scratch: inout Scratch,
    buffer: inout PostingBuffer
  ) {
    let first = list.blocks.first?.first
    let follows = table.followsPrevious
    let count = table.count
    table.forEachMatch(in: list, buffer: &buffer) { index, weight in
      own[index] += rarity * weight * TermSaturation.bound
      cover[index] += rarity / bound
      rarest[index] = max(rarest[index], rarity)
      matches[index] += 1
      if table.profiles[index].id.rawValue == first { firstMention[index] += rarity / bound }
      scratch.add(weight, best: weight, at: index)
      if follows[index] {
        scratch.add(weight, best: 0.7 * weight, at: index - 1)
        if follows[index - 1] { scratch.add(weight, best: 0.5 * weight, at: index - 2) }
      }
      if index + 1 < count, follows[index + 1] {
        scratch.add(weight, best: 0.7 * weight, at: index + 1)
        if index + 2 < count, follows[index + 2] { scratch.add(weight, best: 0.5 * weight, at: index + 2) }
      }
    }
    scratch.drain { index, sum, best in
      windowBest[index] += rarity * best
      window[index] += rarity * sum * TermSaturation.bound / (sum + TermSaturation.saturation)
    }
  }

  /// For each candidate, summed over the terms that it lacks, the rarity of the rarest related term that it has.
  private func spread(
    _ related: [[PostingList]],
    _ terms: [PostingList],
    _ table: CandidateTable,
    _ figures: ArchiveFigures,
    _ scratch: inout Scratch,
    _ buffer: inout PostingBuffer
  ) -> [Double] {
    var sums = [Double](repeating: 0, count: table.count)
    for (lists, own) in zip(related, terms) where !lists.isEmpty {
      for list in lists where list.count > 0 {
        let rarity = Self.rarity(of: list, among: figures.steps)
        table.forEachMatch(in: list, buffer: &buffer) { index, _ in
          scratch.add(rarity, best: rarity, at: index)
        }
      }
      table.forEachMatch(in: own, buffer: &buffer) { index, _ in scratch.clear(index) }
      scratch.drain { index, _, rarest in sums[index] += rarest }
    }
    return sums
  }

  private mutating func finish(_ table: CandidateTable) {
    ownShare = Self.share(own)
    windowShare = Self.share(window)
    windowBest = Self.share(windowBest)
    aboutness = Self.share(
      own.indices.map { own[$0] / (Double(table.profiles[$0].length) + 20).squareRoot() }
    )
    for index in own.indices {
      let place = table.sittingIndex[index]
      sittingBest[place] = max(sittingBest[place], (ownShare[index] + 0.5 * windowShare[index]) / 1.5)
    }
    sitting = Self.share(sitting)
  }

  /// Each as a share of the highest.
  static func share(_ values: [Double]) -> [Double] {
    guard let highest = values.max(), highest > 0 else { return values }
    return values.map { $0 / highest }
  }
}
