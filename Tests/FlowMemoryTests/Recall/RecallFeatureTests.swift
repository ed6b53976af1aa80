import FlowCore
import FlowText
import Glibc
import Testing

@testable import FlowMemory

private func close(_ left: Double, _ right: Double) -> Bool { abs(left - right) < 1e-9 }

private func close(_ left: [Double], _ right: [Double]) -> Bool {
  left.count == right.count && zip(left, right).allSatisfy(close)
}

/// BM25 of one term that stands in a step of `content` once, among `steps` steps of which `count` hold it.
private func weight(in content: String, count: Int, among steps: Int) -> Double {
  let length = TermAnalyzer().frequencies(in: content).reduce(0) { $0 + $1.count }
  let weight = TermSaturation.quantized(TermSaturation.weight(frequency: 1, length: length))
  return TermSaturation.rarity(count: count, among: steps) * TermSaturation.restored(weight)
}

/// Ten steps in two sittings, 1 to 7 and 8 to 10, with a zebra in some.
private func zebras(_ places: Int..., line: String = "A zebra crossed the river") async throws -> RecallBench
{
  let steps = Step.filler(10).enumerated().map { index, step in
    places.contains(index + 1) ? .assistant(line) : step
  }
  return try await RecallBench([Array(steps[..<7]), Array(steps[7...])])
}

@Suite struct `Features of the words of a query` {
  @Test func `words are BM25 here, and rarest the rarity of the rarest`() async throws {
    let features = try await zebras(4).features("zebra")
    let expected = weight(in: "A zebra crossed the river", count: 1, among: 10)
    #expect(features.holders(of: .words) == [4])
    #expect(close(features[.words][3], expected / 20))
    #expect(features.holders(of: .rarest) == [4])
    #expect(close(features[.rarest][3], TermSaturation.rarity(count: 1, among: 10) / 7))
    let two = try await zebras(4, 6).features("zebra river")
    #expect(close(two[.rarest][3], TermSaturation.rarity(count: 2, among: 10) / 7))
    #expect(close(two[.words][3], 2 * weight(in: "A zebra crossed the river", count: 2, among: 10) / 20))
  }

  @Test func `a window reaches two steps and adds up with less and less gain`() async throws {
    let one = try await zebras(4).features("zebra")
    #expect(one.holders(of: .window) == [2, 3, 4, 5, 6])
    let share = weight(in: "A zebra crossed the river", count: 1, among: 10)
    let rarity = TermSaturation.rarity(count: 1, among: 10)
    let sum = share / rarity / TermSaturation.bound
    let expected = rarity * sum * TermSaturation.bound / (sum + TermSaturation.saturation) / 20
    #expect(one[.window][1...5].allSatisfy { close($0, expected) })
    let two = try await zebras(4, 6).features("zebra")
    #expect(two[.window][4] > two[.window][1] && two[.window][4] < 2 * two[.window][1])
  }

  @Test func `the best of a window counts a repeated term once, less where it is further away`() async throws
  {
    let one = try await zebras(4).features("zebra")[.windowBest]
    #expect(close(one, [0, 0.5, 0.7, 1, 0.7, 0.5, 0, 0, 0, 0]))
    let three = try await zebras(3, 4, 5).features("zebra")[.windowBest]
    #expect(close(three, [0.5, 0.7, 1, 1, 1, 0.7, 0.5, 0, 0, 0]))
  }

  @Test func `count is how many terms stand here, up to four`() async throws {
    let words = ["zebra", "fountain", "harvest", "violin", "granite", "lantern"]
    let steps = (0...6).map { Step.user("Here: " + words.prefix($0).joined(separator: " ") + " indeed") }
    let features = try await RecallBench([steps]).features(words.joined(separator: " "))
    #expect(features[.count] == [0, 0.25, 0.5, 0.75, 1, 1, 1])
  }

  @Test func `density is the share of the query against the length, aboutness that of the step`() async throws
  {
    let steps: [Step] = [
      .user("zebra fountain"), .user("zebra"),
      .user("zebra fountain " + String(repeating: "with nothing more to tell of it ", count: 30)),
      .user("nothing at all"),
    ]
    let features = try await RecallBench([steps]).features("zebra fountain")
    let density = features[.density]
    #expect(density[0] > 0.999_99 && density[0] <= 1)
    #expect(density[1] < 1 && density[1] > 0.3 && density[3] == 0)
    #expect(density[2] < 0.4 && density[2] > 0)
    let aboutness = features[.aboutness]
    #expect(aboutness[0] == 1 && aboutness[2] < 0.5 && aboutness[2] > 0 && aboutness[3] == 0)
  }

  @Test func `a first mention is the oldest step with the term in the whole archive`() async throws {
    let features = try await zebras(3, 6, 9).features("zebra")
    #expect(features.holders(of: .firstMention) == [3])
    #expect(features[.firstMention][2] > 0.99 && features[.firstMention][2] <= 1)
  }

  @Test func `instruments find a violin, and not the other way round`() async throws {
    let steps: [Step] = [.user("She owns three instruments"), .user("My violin needs new strings")]
    let bench = try await RecallBench([steps + Step.filler(4)])
    #expect(try await bench.features("Which instruments does she play?").holders(of: .members) == [2])
    #expect(try await bench.features("violin").holders(of: .members) == [])
  }

  @Test func `near-synonyms count where the word itself does not stand`() async throws {
    let steps: [Step] = [
      .user("I purchased a lamp"), .user("I want to buy or purchase a lamp"), .user("A lamp broke"),
    ]
    let features = try await RecallBench([steps + Step.filler(4)]).features("buy a lamp")
    #expect(features.holders(of: .synonyms) == [1])
    let rarity = TermSaturation.rarity(count: 2, among: 7)
    #expect(close(features[.synonyms][0], rarity / 10))
  }
}

@Suite struct `Features of what stands around a step` {
  @Test func `before and after are the words of the steps next to it`() async throws {
    let features = try await zebras(4).features("zebra")
    #expect(features.holders(of: .after) == [5] && features[.after][4] == 1)
    #expect(features.holders(of: .before) == [3] && features[.before][2] == 1)
  }

  @Test func `an answer stands right behind a question about it`() async throws {
    let question = try await zebras(4, line: "Where did the zebra go?").features("zebra")
    #expect(question.holders(of: .answer) == [5] && question[.answer][4] == 1)
    let statement = try await zebras(4).features("zebra")
    #expect(statement.holders(of: .answer) == [])
    // The question ends its sitting: what the next one begins with is no answer.
    let parted = try await zebras(7, line: "Where did the zebra go?").features("zebra")
    #expect(parted.holders(of: .answer) == [] && parted.holders(of: .after) == [])
  }

  @Test func `a sitting has the share of the query that stands in it, and the best that it holds`()
    async throws
  {
    let bench = try await RecallBench([
      Step.filler(3) + [.user("A zebra")] + Step.filler(1) + [.user("A fountain")],
      [.user("One more zebra")] + Step.filler(2), Step.filler(3),
    ])
    let features = try await bench.features("zebra fountain")
    let zebra = TermSaturation.rarity(count: 2, among: 12)
    let fountain = TermSaturation.rarity(count: 1, among: 12)
    let cover = features[.sittingCover]
    #expect(abs(cover[0] - 1) < 1e-5 && abs(cover[6] - zebra / (zebra + fountain)) < 1e-5 && cover[9] == 0)
    let best = features[.sittingBest]
    #expect(best[..<6].allSatisfy { $0 == best[0] } && best[6..<9].allSatisfy { $0 == best[6] })
    #expect(best[0] > best[6] && best[6] > 0 && best[9] == 0)
  }

  @Test(arguments: [1, 4, 7, 8, 10]) func `nothing crosses the border of a sitting`(place: Int) async throws {
    let features = try await zebras(place, line: "Where did the zebra go?").features("zebra")
    let other = place <= 7 ? 8...10 : 1...7
    let around: [RecallFeature] = [
      .window, .windowBest, .before, .after, .answer, .sittingCover, .sittingBest, .dateWindow,
    ]
    for feature in around {
      #expect(features.holders(of: feature).allSatisfy { !other.contains($0) }, "\(feature)")
    }
  }

  @Test func `the second pass finds what the best steps have in common`() async throws {
    let bench = try await RecallBench([
      [.user("The zebra project uses Kerberos"), .user("Plans for the zebra project: Kerberos again")],
      Step.filler(4) + [.user("Kerberos tickets expire at night")], Step.filler(3),
    ])
    let second = try await bench.features("zebra")[.secondPass]
    #expect(second[..<2].allSatisfy { $0 > 0 } && second.max() == 1)
    #expect(second[6] > 0 && second[7...].allSatisfy { $0 == 0 } && second[2..<6].allSatisfy { $0 == 0 })
  }
}

@Suite struct `Features of who speaks` {
  private func talk() async throws -> RecallBench {
    try await RecallBench([
      [
        .person("Caroline Smith", "I met a zebra and I fed it myself"),
        .person("Melanie", "A zebra, really?"),
        .person("Caroline Smith", "It was big"), .user("Nice zebra"), .assistant("Zebras are striped"),
      ],
      [.person("Caroline Smith", "The garden is green")],
    ])
  }

  @Test func `the one who is named, in a sitting about it, of themselves`() async throws {
    let features = try await talk().features("Did Caroline meet a zebra?")
    #expect(features.holders(of: .speaker) == [1, 3, 6])
    #expect(features[.speaker][0] == 1)
    #expect(features.holders(of: .speakerSitting) == [1, 3])
    #expect(features.holders(of: .speakerSelf) == [1])
    #expect(features[.speakerSelf][0] == 0.75)
    #expect(features.holders(of: .speakerWindow) == [1, 3])
    #expect(features[.speakerWindow][0] <= 1 && features[.speakerSitting][0] == 1)
    let related = try await talk().features("Which animals did Caroline encounter?")
    for (mine, all) in [(RecallFeature.speakerMembers, .members), (.speakerSynonyms, RecallFeature.synonyms)]
    {
      #expect(related.holders(of: mine) == [1])
      #expect(related[mine][0] == related[all][0])
    }
  }

  @Test(arguments: [
    "Did Caroline and Melanie meet a zebra?", "Did anyone meet a zebra?", "Did Bob see a zebra?",
  ])
  func `nobody is the one where none or two are named`(query: String) async throws {
    let features = try await talk().features(query)
    for feature in [RecallFeature.speaker, .speakerSitting, .speakerWindow, .speakerSelf] {
      #expect(features.holders(of: feature) == [], "\(feature)")
    }
  }

  @Test func `the user is the one without a name`() async throws {
    let features = try await talk().features("zebra")
    #expect(features.holders(of: .user) == [4] && features[.user][3] == 1)
    #expect(features.holders(of: .userLength) == [4])
    #expect(close(features[.userLength][3], 2.0 / 60))
    #expect(features.holders(of: .userMine) == [] && features.holders(of: .userOverview) == [])
    #expect(try await talk().features("Did I see a zebra?").holders(of: .userMine) == [4])
    #expect(
      try await talk().features("Give me a summary of the zebra talk").holders(of: .userOverview) == [4]
    )
  }

  @Test func `answers count where the query asks for what was answered`() async throws {
    let bench = try await RecallBench([
      [
        .user("What eats a zebra?"), .assistant("Lions do, mostly"), .assistant("A zebra is food for lions"),
        .tool("zebra: 3 matches"), .user("Thanks"),
      ]
    ])
    let asked = try await bench.features("What did you tell me about the zebra?")
    #expect(asked.holders(of: .answered) == [3, 4])
    #expect(asked.holders(of: .answeredAfter) == [2, 4])
    #expect(asked.holders(of: .answeredPrice) == [2, 3, 4])
    #expect(asked[.answeredPrice] == asked[.priceOther])
    let plain = try await bench.features("zebra")
    for feature in [RecallFeature.answered, .answeredAfter, .answeredPrice] {
      #expect(plain.holders(of: feature) == [], "\(feature)")
    }
  }

  @Test func `the price is the logarithm of the tokens, by who speaks`() async throws {
    let bench = try await RecallBench([
      [
        .user("one two three"), .person("Ada", "one two"), .assistant("one"), .tool(""),
        Step(role: .assistant, name: "Bot", content: "x"), Step(role: .note, content: "y"),
      ]
    ])
    let features = try await bench.features("zebra")
    #expect(features.holders(of: .priceUser) == [1])
    #expect(features.holders(of: .pricePerson) == [2, 5])
    #expect(features.holders(of: .priceOther) == [3, 4, 6])
    #expect(close(features[.priceUser][0], log(3.0 + 6 + 50)))
    #expect(close(features[.pricePerson][1], log(2.0 + 6 + 50)))
    #expect(close(features[.priceOther][3], log(6.0 + 50)))
  }
}

@Suite struct `Features of what a step is` {
  @Test func `rules and preferences are a user's or a person's`() async throws {
    let rule = "From now on, always answer in French."
    let taste = "I prefer tea to coffee."
    let steps = [rule, taste].flatMap { line -> [Step] in
      [.user(line), .person("Ada", line), .assistant(line), .tool(line), Step(role: .note, content: line)]
    }
    let bench = try await RecallBench([steps])
    let plain = try await bench.features("zebra")
    #expect(plain.holders(of: .rule) == [1, 2])
    #expect(plain.holders(of: .preference) == [6, 7])
    #expect(plain.holders(of: .ruleForRequest) == [] && plain.holders(of: .preferenceForRequest) == [])
    let request = try await bench.features("Please write a letter")
    #expect(request.holders(of: .ruleForRequest) == [1, 2])
    #expect(request.holders(of: .preferenceForRequest) == [6, 7])
    // To ask what was advised is no request for advice.
    let asked = try await bench.features("Can you remind me what you recommended?")
    #expect(asked.holders(of: .ruleForRequest) == [])
  }

  @Test func `questions, names and times are counted`() async throws {
    let bench = try await RecallBench([
      [
        .user("Is it late?"), .user("We saw Ada, Grace and Alan there"),
        .user("It took 3 tries, 40 steps and 7 days"),
        .user("Yesterday it rained, and on Monday it snowed"), .user("all is well"),
      ]
    ])
    let plain = try await bench.features("zebra")
    #expect(plain[.question] == [1, 0, 0, 0, 0])
    #expect(close(plain[.names][1], 0.5) && plain[.names][0] == 0 && plain[.names][4] == 0)
    #expect(plain.holders(of: .timeForWhen) == [])
    let when = try await bench.features("When did it rain?")[.timeForWhen]
    #expect(when[3] >= 2.0 / 3 && when[3] <= 1 && when[4] == 0)
  }

  @Test func `new terms are those that were never said, up to twelve`() async throws {
    let many = (0..<20).map { "word\($0)x" }.joined(separator: " ")
    let bench = try await RecallBench([
      [.user("alpha beta"), .user("alpha beta gamma"), .user("gamma alpha"), .user(many), .user("")]
    ])
    let new = try await bench.features("zebra")[.newTerms]
    #expect(close(new[1], 1.0 / 12) && new[2] == 0 && new[3] == 1 && new[4] == 0)
  }

  @Test func `last week is that of the time now`() async throws {
    // The clock starts on Friday, 12 April 2024; a sitting a day.
    let sittings = (0..<30).map { [Step.user("Entry of day \($0)")] }
    let bench = try await RecallBench(sittings)
    // 26 April, a Friday: last week is 15 to 21 April, days 3 to 9.
    let now = SteppedClock.start.advanced(seconds: 14 * 86_400)
    let dates = try await bench.features("What happened last week?", now: now)[.date]
    #expect(dates[3...9].allSatisfy { $0 == 0.9 } && dates[..<3].allSatisfy { $0 == 0 })
    #expect(dates[10...17].allSatisfy { $0 == 0.5 } && dates[18...].allSatisfy { $0 == 0 })
    let later = try await bench.features("What happened last week?", now: now.advanced(seconds: 7 * 86_400))
    #expect(later[.date][10...16].allSatisfy { $0 == 0.9 } && later[.date][3...9].allSatisfy { $0 == 0 })
    #expect(try await bench.features("What happened?", now: now).holders(of: .date) == [])
  }

  @Test func `a day counts most, then those behind it`() async throws {
    let bench = try await RecallBench((0..<60).map { [Step.user($0 == 20 ? "a zebra" : "all is well")] })
    let features = try await bench.features("the zebra on 2 May 2024", now: SteppedClock.start)
    let dates = features[.date]
    // 2 May 2024 is day 20.
    #expect(dates[19...21].allSatisfy { $0 == 1 } && dates[22...28].allSatisfy { $0 == 0.6 })
    #expect(dates[..<19].allSatisfy { $0 == 0.2 } && dates[29...51].allSatisfy { $0 == 0.2 })
    #expect(dates[52...].allSatisfy { $0 == 0 })
    #expect(features.holders(of: .dateWindow) == [21] && features[.dateWindow][20] == 1)
  }
}
