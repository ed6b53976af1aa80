import FlowCore

/// A step with how well it answers the query.
struct RankedStep: Sendable, Hashable {
  let profile: StepProfile
  /// How well it answers, in millionths; ties go to the older step.
  ///
  /// Fixed-point, so that the order is the same on every machine.
  let score: Int
  /// The parts of the score by name, in millionths.
  let parts: [(name: String, value: Int)]

  static func == (left: RankedStep, right: RankedStep) -> Bool {
    left.profile.id == right.profile.id && left.score == right.score
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(profile.id)
  }
}

/// Scores the candidates of a query.
///
/// A step's own BM25 says whether it holds the words. What answers a question often does not: the answer stands
/// next to the step that holds the words, or in the sitting that is about them. So a step also gets shares of
/// what its neighbours in the same sitting score, of what its sitting scores as one document, and a bonus where
/// its speaker is the one person that the query names. Each part is scaled to 0…1 before it is weighed.
struct RecallRanker {
  /// The share of a step's own score that goes to the steps 1, 2 and 3 after it, and before it.
  static let after = [0.35, 0.5, 0.1]
  static let before = [0.5, 0.35, 0.1]
  static let sittingWeight = 0.5
  static let speakerWeight = 0.6

  let evidence: RecallEvidence

  /// All candidates, the best first.
  func rank() -> [RankedStep] {
    let profiles = evidence.profiles
    let own = unit(ownScores())
    let near = neighbourScores(own)
    let sitting = unit(sittingScores())
    let ranked = profiles.indices.map { index in
      let isNamed = evidence.speakers.contains(profiles[index].speaker)
      let parts = [
        ("words", own[index]),
        ("near", near[index]),
        ("sitting", RecallRanker.sittingWeight * sitting[index]),
        ("speaker", isNamed ? RecallRanker.speakerWeight : 0),
      ].map { (name: $0.0, value: Int(($0.1 * 1_000_000).rounded())) }
      return RankedStep(
        profile: profiles[index],
        score: parts.reduce(0) { $0 + $1.value },
        parts: parts
      )
    }
    return ranked.sorted { ($0.score, $1.profile.id) > ($1.score, $0.profile.id) }
  }

  private func ownScores() -> [Double] {
    let steps = BM25(documents: evidence.figures.steps, totalLength: evidence.figures.terms)
    var scores = [Double](repeating: 0, count: evidence.profiles.count)
    for list in evidence.postings {
      let rarity = steps.inverseFrequency(list.count)
      forEachCandidate(in: list) { index, weight in scores[index] += rarity * weight }
    }
    return scores
  }

  private func neighbourScores(_ own: [Double]) -> [Double] {
    let profiles = evidence.profiles
    var scores = [Double](repeating: 0, count: profiles.count)
    for index in profiles.indices where own[index] > 0 {
      for (shares, direction) in [(RecallRanker.after, 1), (RecallRanker.before, -1)] {
        for distance in 1...shares.count {
          let other = index + direction * distance
          // Candidates are ascending, but need not be dense: a neighbour is one by its id.
          guard profiles.indices.contains(other), profiles[other].sitting == profiles[index].sitting else {
            break
          }
          let gap = abs(profiles[other].id.rawValue - profiles[index].id.rawValue)
          guard gap <= shares.count else { break }
          scores[other] += shares[gap - 1] * own[index]
        }
      }
    }
    return scores
  }

  private func sittingScores() -> [Double] {
    let documents = BM25(documents: evidence.figures.sittings, totalLength: evidence.figures.terms)
    var scores: [Int: Double] = [:]
    for list in evidence.postings {
      // A sitting holds a term as often as its steps hold it, each for what it tells there.
      var frequencies: [Int: Double] = [:]
      forEachCandidate(in: list) { index, weight in
        frequencies[evidence.profiles[index].sitting, default: 0] += weight
      }
      let rarity = documents.inverseFrequency(frequencies.count)
      for (sitting, frequency) in frequencies {
        let length = evidence.sittings[sitting]?.length ?? 0
        scores[sitting, default: 0] += rarity * documents.weight(frequency: frequency, length: length)
      }
    }
    return evidence.profiles.map { scores[$0.sitting] ?? 0 }
  }

  /// Walks a list of postings beside the candidates; both are ascending.
  private func forEachCandidate(in list: PostingList, _ body: (_ index: Int, _ weight: Double) -> Void) {
    let profiles = evidence.profiles
    var index = 0
    list.forEach { step, weight in
      while index < profiles.count, profiles[index].id.rawValue < step { index += 1 }
      guard index < profiles.count, profiles[index].id.rawValue == step else { return }
      body(index, TermSaturation.restored(weight))
    }
  }

  private func unit(_ scores: [Double]) -> [Double] {
    guard let highest = scores.max(), highest > 0 else { return scores }
    return scores.map { $0 / highest }
  }
}
