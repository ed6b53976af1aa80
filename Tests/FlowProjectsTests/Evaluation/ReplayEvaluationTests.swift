import FlowCore
import Foundation
import Synchronization
import Testing

@testable import FlowProjects

/// Counts words.
private struct WordTokenizer: Tokenizer {
  let name = "words"
  let isExact = true

  func count(_ text: String) -> Int { text.split(whereSeparator: \.isWhitespace).count }
  func count(_ text: String, upTo limit: Int) -> Int? { count(text) <= limit ? count(text) : nil }
  func prefix(of text: String, fitting limit: Int) -> Substring { count(text) <= limit ? text[...] : "" }
}

@Suite struct `The unchanged beginning of a prompt` {
  private let tokenizer = WordTokenizer()

  private func context(_ sections: [(Context.Kind, String)]) -> Context {
    let text = sections.map(\.1).joined()
    return Context(
      budget: 1000,
      tokens: tokenizer.count(text),
      isExact: true,
      tokenizer: "o200k_base",
      now: StillClock.time,
      prefixHash: "",
      prefixTokens: 0,
      text: text,
      verbatimSteps: [],
      sections: sections.map {
        Context.Section(name: $0.0.rawValue, kind: $0.0, tokens: tokenizer.count($0.1))
      },
      omitted: []
    )
  }

  @Test(arguments: [
    ("a\nb\n", "a\nb\n", "a\nb\n"), ("a\nb\n", "a\nc\n", "a\n"), ("a\nbc\n", "a\nb\n", "a\n"), ("a", "a", ""),
    ("", "a\n", ""), ("한\n글\n", "한\n긁\n", "한\n"), ("a\nb", "a\nb\n", "a\n"),
  ]) func `it ends with a line`(text: String, other: String, common: String) {
    #expect(PrefixMeasure.commonLines(text, other) == common)
    #expect(PrefixMeasure.commonLines(other, text) == common)
  }

  @Test func `it breaks in the section that changed`() {
    let stable = "# demo\nrules\n"
    let growing = "## Recent\ns1 user: hello there\n"
    let before = context([(.stable, stable), (.growing, growing), (.volatile, "## Now\nwhat?\n")])
    let cases: [(Context, String, Context.Kind?)] = [
      (before, before.text, nil),
      (
        context([(.stable, stable), (.growing, growing), (.volatile, "## Now\nwhy?\n")]),
        stable + growing + "## Now\n", .volatile
      ),
      (
        context([(.stable, stable), (.growing, growing + "s2 user: more\n"), (.volatile, "## Now\n")]),
        stable + growing, .growing
      ),
      (
        context([(.stable, stable), (.growing, "## Recent\ns2 user: more\n")]), stable + "## Recent\n",
        .growing
      ),
      (context([(.stable, "# demo\nother\n"), (.growing, growing)]), "# demo\n", .stable),
      (context([(.stable, stable)]), stable, nil),
    ]
    for (prompt, prefix, kind) in cases {
      let measure = PrefixMeasure(of: prompt, after: before, tokenizer: tokenizer)
      #expect(measure.tokens == tokenizer.count(prefix), "\(prompt.text)")
      #expect(measure.breaksIn == kind, "\(prompt.text)")
    }
  }

  @Test func `the tally adds up`() {
    let stable = "# demo\nrules\n"
    let first = context([(.stable, stable), (.volatile, "## Now\none\n")])
    let second = context([(.stable, stable), (.volatile, "## Now\ntwo\n")])
    var tally = ReplayTally(tokenizer: tokenizer)
    for prompt in [first, second, second] {
      tally.noteUpdate(.milliseconds(4))
      tally.notePrompt(prompt, .milliseconds(2))
    }
    let evaluation = tally.evaluation(shares: Shares(), budget: 1000)
    let unchanged = tokenizer.count(stable + "## Now\n") + second.tokens
    #expect(evaluation.calls == 3 && evaluation.steps == 3 && evaluation.unbroken == 1)
    #expect(evaluation.tokens == first.tokens + 2 * second.tokens)
    #expect(evaluation.unchangedTokens == unchanged)
    #expect(evaluation.kinds.reduce(0) { $0 + $1.tokens } == evaluation.tokens)
    #expect(evaluation.kinds.reduce(0) { $0 + $1.unchangedTokens } == unchanged)
    #expect(evaluation.kinds.map(\.breaks) == [0, 0, 1])
    #expect(evaluation.retrieval == LatencyFigures(milliseconds: [2]))
    let cost = evaluation.cost(at: PromptPrices(input: 10, cached: 1))
    let all = Double(evaluation.tokens)
    #expect(abs(cost.uncached - all * 10 / 1e6) < 1e-12)
    #expect(abs(cost.cached - ((all - Double(unchanged)) * 10 + Double(unchanged)) / 1e6) < 1e-12)
  }
}

@Suite(.timeLimit(.minutes(15)), .serialized) struct `Replay` {
  private let folder: ProjectsFolder

  init() throws { folder = try ProjectsFolder() }

  private static let steps = (1...60).map { number in
    Step(
      role: number % 3 == 1 ? .user : .assistant,
      content: "step \(number) speaks of topic \(number % 7) and of nothing else at all"
    )
  }

  /// The folders that replays have in use.
  private func scratchFolders() -> Set<String> {
    let base = FileManager.default.temporaryDirectory.path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: base)) ?? []
    return Set(names.filter { $0.wholeMatch(of: /flow-[A-Za-z0-9]{6}(\.removed)?/) != nil })
  }

  @Test func `a prompt is asked for after each user step, and nothing is left behind`() async throws {
    let before = scratchFolders()
    var seen: [Int] = []
    let evaluation = try await folder.workspace().replay(Self.steps, budget: 800) { done, _ in
      seen.append(done)
    }
    let replay = try #require(evaluation)
    #expect(seen == Array(1...60))
    #expect(replay.steps == 60 && replay.calls == 20 && replay.budget == 800)
    #expect(replay.tokens <= 20 * 800 && replay.unchangedTokens < replay.tokens)
    // The preamble never changes.
    #expect(replay.unchangedTokens > 0 && replay.unchangedShare < 1)
    #expect(replay.kinds.map(\.kind) == [.stable, .growing, .volatile])
    #expect(replay.kinds.reduce(replay.unbroken) { $0 + $1.breaks } == 19)
    #expect(scratchFolders().subtracting(before).isEmpty)
    #expect(!folder.exists("projects"))
  }

  @Test func `the same steps cost the same again`() async throws {
    let first = try #require(try await folder.workspace().replay(Self.steps, budget: 500))
    let second = try #require(try await folder.workspace().replay(Self.steps, budget: 500))
    #expect(first.tokens == second.tokens && first.unchangedTokens == second.unchangedTokens)
    #expect(first.kinds == second.kinds)
  }

  @Test func `an error in the middle leaves nothing behind`() async throws {
    let before = scratchFolders()
    let twice = ["one", "two"].map { Step(ref: "r", role: .user, content: $0) }
    _ = try await flowError(.stepConflict) {
      try await folder.workspace().replay(Self.steps.prefix(20) + twice, budget: 500)
    }
    #expect(scratchFolders().subtracting(before).isEmpty)
  }

  @Test func `a cancelled replay ends early and leaves nothing behind`() async throws {
    let before = scratchFolders()
    let workspace = folder.workspace()
    let done = Mutex(0)
    let task = Task {
      try await workspace.replay(Self.steps, budget: 500) { count, _ in
        done.withLock { $0 = count }
        if count == 5 { withUnsafeCurrentTask { $0?.cancel() } }
      }
    }
    #expect(try await task.value == nil)
    #expect(done.withLock { $0 } == 5)
    #expect(scratchFolders().subtracting(before).isEmpty)
  }

  @Test func `steps without a user's are refused`() async throws {
    let workspace = folder.workspace()
    let line = Array(#"{"role":"assistant","content":"x"}"#.utf8)
    _ = try await flowError(.invalidStep) { try workspace.replaySteps(jsonl: line, source: "in") }
    let bad = Array("{}".utf8)
    let error = try await flowError(.invalidStep) { try workspace.replaySteps(jsonl: bad, source: "in") }
    #expect(error.message.hasPrefix("in line 1:"))
  }
}
