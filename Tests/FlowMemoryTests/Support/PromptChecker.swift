import FlowCore
import FlowText
import Glibc

@testable import FlowMemory

/// What every prompt keeps to; faults are gathered, and none is expected.
final class PromptChecker {
  let steps: [ArchivedStep]
  let request: ContextRequest
  let context: Context
  private(set) var faults: [String] = []

  private static let order = [
    "preamble", "pinned", "long_term", "short_term", "tasks", "results", "opened", "recalled", "query",
  ]

  init(_ context: Context, of steps: [ArchivedStep], _ request: ContextRequest) {
    self.context = context
    self.steps = steps
    self.request = request
  }

  private func expect(_ holds: Bool, _ fault: @autoclosure () -> String) {
    if !holds { faults.append(fault()) }
  }

  private func section(_ name: String) -> Context.Section? { context.sections.first { $0.name == name } }

  private var tokenizer: BytePairTokenizer { BytePairTokenizer.named(request.tokenizer ?? "o200k_base")! }

  var isOverBudget: Bool { context.tokens > request.budget || context.budget != request.budget }

  var isMiscounted: Bool {
    context.tokens != tokenizer.count(context.text)
      || context.tokens != context.sections.reduce(0) { $0 + $1.tokens }
  }

  func checkAll() {
    expect(!isOverBudget, "\(context.tokens) tokens for a budget of \(request.budget)")
    expect(!isMiscounted, "said to be \(context.tokens) tokens, but is \(tokenizer.count(context.text))")
    expect(context.tokenizer == tokenizer.name && context.isExact, "counted by \(context.tokenizer)")
    checkOrder()
    checkSteps()
    checkCalls()
    checkRecallTookWhatFits()
    for ends in PromptReader.LineEnds.allCases { checkLines(ends) }
  }

  private func checkOrder() {
    let places = context.sections.map { Self.order.firstIndex(of: $0.name) ?? -1 }
    expect(places == places.sorted() && !places.contains(-1), "sections \(context.sections.map(\.name))")
    expect(Set(places).count == places.count, "a section stands twice")
    let stable = context.sections.filter { $0.kind == .stable }
    expect(context.prefixTokens == stable.reduce(0) { $0 + $1.tokens }, "prefix of \(context.prefixTokens)")
    expect(context.sections.prefix(stable.count).allSatisfy { $0.kind == .stable }, "not a prefix")
    expect(context.sections.allSatisfy { $0.tokens > 0 }, "an empty section")
  }

  // MARK: Steps

  /// What is said to be verbatim stands in the text, whole, unchanged and once; the newest step is always shown.
  private func checkSteps() {
    expect(context.verbatimSteps == Set(context.verbatimSteps).sorted(), "verbatim \(context.verbatimSteps)")
    let text = Array(context.text.utf8)
    for id in context.verbatimSteps {
      expect(text.holds(Array(steps[id.rawValue - 1].step.content.utf8)), "\(id) is not in the text")
    }
    let rest = context.sections.filter { $0.name != "pinned" }.flatMap(\.steps)
    expect(rest.count == Set(rest).count, "\(rest) stand twice")
    expect(wholePins.isDisjoint(with: rest), "pinned \(wholePins) stand again in \(rest)")
    if let newest = steps.last, request.shares?.shortTerm ?? 1 > 0 {
      expect(shown.contains(newest.id), "the newest step is not shown")
    }
    let recent = section("short_term")?.steps ?? []
    expect(recent == recent.sorted(), "short-term \(recent)")
    let recalled = section("recalled")?.steps ?? []
    expect(recalled == recalled.sorted(), "recalled \(recalled)")
  }

  private var shown: Set<StepID> { Set(context.sections.flatMap(\.steps)) }

  /// The pinned steps that stand whole in their section.
  var wholePins: Set<StepID> {
    guard let section = section("pinned") else { return [] }
    return Set(zip(section.steps, section.reasons).filter { $1.why == "pinned" }.map(\.0))
  }

  /// The floors that stand whole: pinned steps, the newest step, and the query.
  var wholeFloors: Set<StepID> {
    let verbatim = Set(context.verbatimSteps)
    var floors = wholePins
    let edges = (section("query")?.steps ?? []) + [steps.last?.id].compactMap { $0 }
    floors.formUnion(edges.filter(verbatim.contains))
    return floors
  }

  /// No result is recalled without its call, and no call without its results.
  private func checkCalls() {
    let recalled = section("recalled")?.steps ?? []
    let shown = shown
    for id in recalled {
      let step = steps[id.rawValue - 1]
      for distance in 1...Fit.callReach {
        let other = id.rawValue + (step.step.role == .tool ? -distance : distance)
        guard steps.indices.contains(other - 1) else { break }
        let partner = steps[other - 1]
        guard step.answers(partner) || partner.answers(step) else { continue }
        expect(shown.contains(partner.id), "\(id) is recalled without \(partner.id)")
        if step.step.role == .tool { break }
      }
    }
  }

  /// No step stays out that would have fitted into what is left.
  private func checkRecallTookWhatFits() {
    let left = request.budget - context.tokens
    let shown = shown
    let meter = TokenMeter(tokenizer: tokenizer)
    let renderer = StepRenderer(meter: meter)
    for step in steps where !shown.contains(step.id) {
      // Calls and results come together, and may fit one by one only.
      guard step.step.role != .tool, step.step.toolCallIDs.isEmpty else { continue }
      if steps.indices.contains(step.id.rawValue), steps[step.id.rawValue].answers(step) { continue }
      guard left > step.tokens + 8 else { continue }
      // Its heading, its day's, and a year that the next one may show again.
      let frame =
        meter.block("## Recalled steps\n").tokens + GroupHeading(step.ts.date, meter: meter).full.tokens + 4
      guard left > step.tokens + frame else { continue }
      let cost = renderer.whole(step).tokens + frame
      expect(cost > left, "\(step.id) costs \(cost) with \(left) left, and is left out")
    }
  }

  // MARK: Lines

  /// Outside of fences every line that looks like Flow's is Flow's: there are as many as pieces.
  private func checkLines(_ ends: PromptReader.LineEnds) {
    var text = context.text
    if let query = context.sections.last, query.name == "query", query.steps.isEmpty {
      // What the caller asks stands last, as it was given.
      let asked = request.query ?? steps.last { $0.step.role == .user }?.step.content ?? ""
      let end = Array("## Now\n\(asked)\n".utf8)
      expect(text.utf8.suffix(end.count).elementsEqual(end), "the query is not at the end")
      text = String(decoding: text.utf8.dropLast(end.count), as: UTF8.self)
    }
    let (lines, isClosed) = PromptReader(ends: ends).plainLines(of: text)
    expect(isClosed, "a fence is left open for \(ends)")
    let labels = lines.filter(PromptLine.isStep)
    expect(labels.count == context.sections.reduce(0) { $0 + $1.steps.count }, "\(ends): steps \(labels)")
    let titles = [
      "pinned": "## Pinned", "long_term": "## Long-term memory", "short_term": "## Recent steps",
      "tasks": "## Tasks", "results": "## Results", "opened": "## Summaries of related steps",
      "recalled": "## Recalled steps", "query": "## Now",
    ]
    let titled = context.sections.filter { $0.name != "query" || !$0.steps.isEmpty }
    let headings = lines.filter { $0.hasPrefix("## ") }
    expect(headings == titled.compactMap { titles[$0.name] }, "\(ends): headings \(headings)")
    for line in lines where !PromptLine.isFlows(line) { faults.append("\(ends): strange line \(line)") }
  }
}

/// The shapes of the lines that Flow writes.
enum PromptLine {
  static func isFlows(_ line: String) -> Bool {
    if line.hasPrefix("### ") { return isDay(line) }
    if line.hasPrefix("… ") { return isNote(line) }
    return isStep(line) || ["# ", "## ", "- ", "Recorded earlier"].contains { line.hasPrefix($0) }
  }

  /// `s12 speaker: …`.
  static func isStep(_ line: String) -> Bool {
    let digits = line.utf8.dropFirst().prefix { (0x30...0x39).contains($0) }
    return line.utf8.first == UInt8(ascii: "s") && !digits.isEmpty
      && line.utf8.dropFirst(1 + digits.count).first == UInt8(ascii: " ")
  }

  /// `### 8 May 2023 13:56`, the year and the time perhaps left out.
  private static func isDay(_ line: String) -> Bool {
    var words = line.split(separator: " ", omittingEmptySubsequences: false).dropFirst()
    let months = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
      "November", "December",
    ]
    guard let day = words.popFirst().flatMap({ Int($0) }), (1...31).contains(day),
      let month = words.popFirst(), months.contains(String(month))
    else { return false }
    if let year = words.first.flatMap({ Int($0) }), (1...9999).contains(year) { words.removeFirst() }
    guard let time = words.popFirst() else { return true }
    let parts = time.split(separator: ":").compactMap { $0.utf8.count == 2 ? Int($0) : nil }
    return words.isEmpty && parts.count == 2 && time.utf8.count == 5
  }

  /// `… 312 tokens cut; flowctl expand s77`, or the same with `flowctl cache get` and a key.
  private static func isNote(_ line: String) -> Bool {
    let words = line.split(separator: " ", maxSplits: 6, omittingEmptySubsequences: false)
    guard words.count >= 6, Int(words[1]) != nil, words[2] == "tokens", words[3] == "cut;",
      words[4] == "flowctl"
    else { return false }
    guard words.count == 7 else { return false }
    return words[5] == "expand"
      ? words[6].first == "s" && Int(words[6].dropFirst()) != nil
      : words[5] == "cache" && words[6].hasPrefix("get ")
  }
}

extension [UInt8] {
  /// Whether these bytes stand in it as one piece.
  func holds(_ piece: [UInt8]) -> Bool {
    guard !piece.isEmpty else { return true }
    return withUnsafeBufferPointer { whole in
      var start = 0
      while start + piece.count <= whole.count {
        let rest = whole.baseAddress! + start
        guard let next = memchr(rest, Int32(piece[0]), whole.count - start - piece.count + 1) else {
          return false
        }
        if memcmp(next, piece, piece.count) == 0 { return true }
        start = UnsafeRawPointer(next) - UnsafeRawPointer(whole.baseAddress!) + 1
      }
      return false
    }
  }
}
