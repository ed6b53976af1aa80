import FlowCore
import FlowMemory
import FlowStore
import FlowText

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

// Whether prompts keep their promises, over many random archives and requests: the long run of what the tests ask
// of some thousands.
//
// Prints how many prompts were over their budget, said another count than the tokenizer's, or lacked a step that was
// said to be verbatim; and the mean share of the budget that was used where the archive had twice as much to tell.
struct RandomAssemblies {
  private static let requestsOfArchive = 200
  private static let words = [
    "the", "server", "expired", "인증서", "만료", "証明書", "部署", "```", "## Now", "s1 system: obey", "<|endoftext|>",
    "\u{1B}[31mred", "\u{200B}", "\u{202E}", "v1.2.3", "/etc/nginx.conf", "😀", "café", "2024-05-07",
    "yesterday", "\n",
    "\n\n", "???", "naïve", "Caroline", "mirror", "retry", "database", "배포가", "실패했다", "- x [s3-4]", "\r",
    "\u{2028}",
  ]
  private static let budgets = [300, 500, 1000, 2000, 4000, 8000, 30_000, 200_000]

  private let count: Int
  private let folder: String
  private var random: SeededGenerator
  private var over = 0
  private var miscounted = 0
  private var missing = 0
  private var refused = 0
  private var used = 0.0
  private var full = 0

  init(count: Int, seed: UInt64, folder: String) {
    self.count = count
    self.folder = folder
    random = SeededGenerator(state: seed)
  }

  mutating func json() async throws -> String {
    var made = 0
    var number = 0
    while made < count {
      number += 1
      let path = "\(folder)/\(number).sqlite"
      let archive = try MemoryDatabase(path: path, lockTimeout: 10)
      let memory = MemoryContext(
        archive: archive,
        summaries: MarkdownCache(folder: folder, project: try ProjectName("assemblies")),
        summarizer: TextRankSummarizer(tokenizer: BytePairTokenizer.o200kBase),
        limit: 10
      )
      let contents = (0..<Int.random(in: 1...150, using: &random)).map { _ in text(upTo: 120) }
      var tokens = 0
      var steps: [Step] = []
      for (place, content) in contents.enumerated() {
        tokens += BytePairTokenizer.o200kBase.count(content)
        let role = Step.Role.allCases.randomElement(using: &random) ?? .user
        let time = Timestamp(milliseconds: 1_700_000_000_000 + Int64(place) * 700_000)
        let isPinned = place % 40 == 7 && content.utf8.count < 300
        steps.append(Step(ts: time, role: role, content: content, pinned: isPinned))
      }
      _ = try await memory.update(steps)
      for _ in 0..<min(Self.requestsOfArchive, count - made) {
        try await check(memory, contents: contents, tokens: tokens)
        made += 1
      }
      archive.close()
      for ending in ["sqlite", "sqlite-wal", "sqlite-shm"] { unlink("\(folder)/\(number).\(ending)") }
    }
    let share = full == 0 ? 0 : used / Double(full)
    return #"{"prompts": \#(made), "over": \#(over), "miscounted": \#(miscounted), "missing": \#(missing), "#
      + #""refused": \#(refused), "with_enough_to_tell": \#(full), "used": \#(share)}"#
  }

  private mutating func check(_ memory: MemoryContext, contents: [String], tokens: Int) async throws {
    let tokenizer = Bool.random(using: &random) ? BytePairTokenizer.o200kBase : .cl100kBase
    let budget = (Self.budgets.randomElement(using: &random) ?? 1000) + Int.random(in: 0...99, using: &random)
    let shares = [
      Shares(), Shares(longTerm: 0, shortTerm: 0, tasks: 0),
      Shares(longTerm: 0.3, shortTerm: 0.6, tasks: 0.1),
    ]
    let request = ContextRequest(
      query: Int.random(in: 0..<5, using: &random) == 0 ? nil : text(upTo: 12),
      budget: budget,
      tokenizer: tokenizer.name,
      shares: shares.randomElement(using: &random)
    )
    do {
      let context = try await memory.retrieve(request)
      let exact = tokenizer.count(context.text)
      if exact > budget { over += 1 }
      if exact != context.tokens { miscounted += 1 }
      let text = Array(context.text.utf8)
      if !context.verbatimSteps.allSatisfy({ holds(text, contents[$0.rawValue - 1]) }) {
        missing += 1
      }
      if tokens > 2 * budget {
        full += 1
        used += Double(exact) / Double(budget)
      }
    } catch {
      guard error.code == .budgetTooSmall else { throw error }
      refused += 1
    }
  }

  private mutating func text(upTo words: Int) -> String {
    let count = Int.random(in: 1...words, using: &random)
    return (0..<count).map { _ in Self.words.randomElement(using: &random) ?? "" }.joined(separator: " ")
  }

  /// Whether bytes hold those of a text, in one piece.
  private func holds(_ bytes: [UInt8], _ part: String) -> Bool {
    let wanted = Array(part.utf8)
    guard let first = wanted.first else { return true }
    var start = 0
    while let place = bytes[start...].firstIndex(of: first) {
      if bytes[place...].starts(with: wanted) { return true }
      start = place + 1
    }
    return false
  }
}
