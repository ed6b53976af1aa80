import FlowCore
import FlowText
import Glibc

/// A step with how well it answers the query.
struct RankedStep: Sendable, Hashable {
  let profile: StepProfile
  /// How well it answers, in millionths.
  let relevance: Int
  /// The same less what its tokens cost: steps go into a prompt in this order.
  let value: Int
  /// Its place among the candidates.
  let index: Int
}

/// Scores the candidates of a query: weighted sums of the features of `RecallFeature`.
///
/// Sums are rounded to millionths, and ties go to the older step, so that the order is the same on every machine.
struct RecallRanker {
  /// What a step costs beside its content: its label, a share of a heading.
  static let frameTokens = 6
  /// What is added to a step's tokens before the logarithm: below it, a token more or less hardly counts.
  static let flatTokens = 50.0

  let evidence: RecallEvidence
  let weights: RecallWeights
  private let daySpans: Bool
  /// By the number of the speaker: a dictionary would be asked for each candidate.
  private let speakers: [RankedSpeaker]

  private struct RankedSpeaker {
    let kind: SpeakerClass
    /// Whether the query names it.
    let isNamed: Bool
  }

  init(evidence: RecallEvidence, weights: RecallWeights = .learnt) {
    self.evidence = evidence
    self.weights = weights
    daySpans = !evidence.query.dates.isEmpty
    let last = evidence.speakers.keys.max() ?? 0
    speakers = (0...max(0, last)).map { number in
      let speaker = evidence.speakers[number]
      return RankedSpeaker(
        kind: SpeakerClass(speaker),
        isNamed: speaker.map(evidence.query.names) ?? false
      )
    }
  }

  /// All candidates by value, the best first.
  func rank() -> [RankedStep] {
    let count = RecallFeature.allCases.count
    let table = weights.values
    let isPrice = RecallFeature.allCases.map(\.isPrice)
    var ranked: [RankedStep] = []
    ranked.reserveCapacity(evidence.table.count)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { values in
      values.initialize(repeating: 0)
      for index in 0..<evidence.table.count {
        fill(values, at: index)
        var relevance = 0
        var price = 0
        for feature in 0..<count where values[feature] != 0 {
          // Rounded one by one, so that the parts of an explanation add up.
          let part = millionths(table[feature] * values[feature])
          if isPrice[feature] { price += part } else { relevance += part }
        }
        ranked.append(
          RankedStep(
            profile: evidence.table.profiles[index],
            relevance: relevance,
            value: relevance + price,
            index: index
          )
        )
      }
    }
    return order(of: ranked).map { ranked[$0] }
  }

  /// The places of the steps by value, the best first; of equals the older one.
  ///
  /// Candidates ascend by step, so that one number holds both, and thousands are sorted without moving them.
  private func order(of ranked: [RankedStep]) -> [Int] {
    let placeBits = 20
    guard ranked.count < 1 << placeBits else {
      return ranked.indices.sorted { (ranked[$0].value, $1) > (ranked[$1].value, $0) }
    }
    let highest = (1 << (61 - placeBits)) - 1
    return ranked.indices.map { place in
      (highest - min(highest, max(-highest, ranked[place].value))) << placeBits | place
    }.sorted().map { $0 & (1 << placeBits - 1) }
  }

  /// The parts of a step's score, in millionths, those that are not zero, the greatest first.
  func parts(of step: RankedStep) -> [(feature: RecallFeature, value: Int)] {
    zip(RecallFeature.allCases, features(at: step.index))
      .map { (feature: $0, value: millionths(weights[$0] * $1)) }
      .filter { $0.value != 0 }
      .sorted { abs($0.value) > abs($1.value) }
  }

  /// The features of a candidate, in the order of `RecallFeature.allCases`.
  func features(at index: Int) -> [Double] {
    [Double](unsafeUninitializedCapacity: RecallFeature.allCases.count) { values, count in
      values.initialize(repeating: 0)
      fill(values, at: index)
      count = values.count
    }
  }

  private func millionths(_ value: Double) -> Int { Int((value * 1_000_000).rounded()) }

  private func fill(_ values: UnsafeMutableBufferPointer<Double>, at index: Int) {
    let row = FeatureRow(values: values)
    let words = evidence.words
    let table = evidence.table
    let profile = table.profiles[index]
    let marks = PackedMarks(bits: profile.marks)
    let speaker =
      speakers.indices.contains(profile.speaker)
      ? speakers[profile.speaker] : RankedSpeaker(kind: .other, isNamed: false)
    let speakerClass = speaker.kind
    let kind = evidence.query.kind
    let tokens = Double(profile.tokens + RecallRanker.frameTokens)
    let price = log(tokens + RecallRanker.flatTokens)
    let sitting = table.sittingIndex[index]

    row[.words] = words.own[index] / 20
    row[.window] = words.window[index] / 20
    row[.windowBest] = words.windowBest[index]
    row[.count] = min(4, words.matches[index]) / 4
    row[.rarest] = words.rarest[index] / 7
    row[.density] = words.cover[index] / max(1, log2(1 + tokens / 16))
    row[.aboutness] = words.aboutness[index]
    row[.firstMention] = words.firstMention[index]
    row[.members] = words.members[index] / 10
    row[.synonyms] = words.synonyms[index] / 10

    let hasPrevious = table.followsPrevious[index]
    let hasNext = index + 1 < table.count && table.followsPrevious[index + 1]
    let after = hasPrevious ? words.ownShare[index - 1] : 0
    row[.after] = after
    row[.before] = hasNext ? words.ownShare[index + 1] : 0
    row[.answer] =
      hasPrevious && PackedMarks(bits: table.profiles[index - 1].marks).isQuestion ? after : 0
    row[.sittingCover] = words.sittingCover[sitting]
    row[.sittingBest] = words.sittingBest[sitting]
    row[.secondPass] = evidence.secondPass[index]

    if speaker.isNamed {
      row[.speaker] = 1
      row[.speakerSitting] = words.sitting[sitting]
      row[.speakerWindow] = words.windowShare[index]
      row[.speakerMembers] = row[.members]
      row[.speakerSynonyms] = row[.synonyms]
      row[.speakerSelf] = Double(min(4, marks.firstPerson)) / 4
    }
    switch speakerClass {
    case .person:
      row[.pricePerson] = price
    case .user:
      row[.user] = 1
      row[.userMine] = kind.contains(.isFirstPerson) ? 1 : 0
      row[.userOverview] = kind.contains(.asksOverview) ? 1 : 0
      row[.userLength] = min(1, Double(profile.length) / 60)
      row[.priceUser] = price
    case .other:
      row[.priceOther] = price
      if kind.contains(.asksAboutAnswers) {
        row[.answered] = words.ownShare[index]
        row[.answeredAfter] = after
        row[.answeredPrice] = price
      }
    }

    if speakerClass != .other {
      row[.rule] = marks.isStandingRule ? 1 : 0
      row[.preference] = marks.isPreference ? 1 : 0
      if evidence.query.isRequest {
        row[.ruleForRequest] = row[.rule]
        row[.preferenceForRequest] = row[.preference]
      }
    }
    row[.question] = marks.isQuestion ? 1 : 0
    row[.names] = Double(min(6, marks.properNames)) / 6
    row[.newTerms] = Double(min(12, marks.newTerms)) / 12
    row[.timeForWhen] = kind.contains(.asksWhen) ? Double(min(3, marks.timeWords)) / 3 : 0
    if daySpans {
      row[.date] = nearness(of: profile.ts)
      row[.dateWindow] = row[.date] * words.windowShare[index]
    }
  }

  /// How near a time is to the days that the query names: 1 on the day or next to it, less in the week behind
  /// it (what happened is often told later), in the month, in the year.
  private func nearness(of ts: Timestamp) -> Double {
    let day = ts.daysSinceEpoch
    var nearest = 0.0
    for span in evidence.query.dates {
      let distance = span.distance(to: day)
      let value: Double =
        switch (span.precision, distance) {
        case (.day, -1...1): 1
        case (.day, 2...8): 0.6
        case (.day, -31...31): 0.2
        case (.week, 0): 0.9
        case (.week, 1...8): 0.5
        case (.month, 0): 0.5
        case (.month, 1...7): 0.2
        case (.season, 0): 0.35
        case (.year, 0): 0.2
        default: 0
        }
      nearest = max(nearest, value)
    }
    return nearest
  }
}

/// The features of one candidate, by name; all of them are set anew for each.
private struct FeatureRow {
  let values: UnsafeMutableBufferPointer<Double>

  init(values: UnsafeMutableBufferPointer<Double>) {
    self.values = values
    for index in values.indices { values[index] = 0 }
  }

  subscript(feature: RecallFeature) -> Double {
    get { values[feature.rawValue] }
    nonmutating set { values[feature.rawValue] = newValue }
  }
}
