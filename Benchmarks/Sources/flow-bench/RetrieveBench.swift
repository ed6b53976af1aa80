import FlowCore
import FlowMemory
import FlowStore
import FlowText

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

// What a prompt costs at some number of steps. A process that finds no archive in the folder fills one and says what
// that cost; one that finds it makes prompts from it, so that its memory is what reading needs.
//
// Times are of the clock in milliseconds, and of the CPU where the name says so. A prompt is all of `retrieve`:
// 4,000 tokens, with the shares as they are by default and with none, which leaves all room to recall.
struct RetrieveBench {
  private static let warmUp = 5
  private static let budget = 4000

  private let steps: Int
  private let folder: String
  private let queries: Int

  init(steps: Int, folder: String, queries: Int = 200) {
    self.steps = steps
    self.folder = folder
    self.queries = queries
  }

  func json() async throws -> String {
    let path = "\(folder)/memory.sqlite"
    let isThere = access(path, F_OK) == 0
    let archive = try MemoryDatabase(path: path, lockTimeout: 10)
    defer { archive.close() }
    let memory = MemoryContext(
      archive: archive,
      summaries: MarkdownCache(folder: folder, project: try ProjectName("bench")),
      summarizer: TextRankSummarizer(tokenizer: BytePairTokenizer.o200kBase)
    )
    return isThere ? try await measure(memory) : try await fill(memory)
  }

  private func fill(_ memory: MemoryContext) async throws -> String {
    var source = SyntheticArchive(steps: steps)
    let start = ContinuousClock.now
    let startCPU = processorSeconds()
    var slowest = 0.0
    for first in stride(from: 0, to: steps, by: 500) {
      let batch = (first..<min(steps, first + 500)).map { _ in source.next() }
      let begin = ContinuousClock.now
      _ = try await memory.update(batch)
      slowest = max(slowest, begin.duration(to: .now).milliseconds)
    }
    let seconds = start.duration(to: .now).milliseconds / 1000
    let perSecond = (Double(steps) / seconds).rounded(0)
    let cpu = (1e6 * (processorSeconds() - startCPU) / Double(steps)).rounded(0)
    return """
      {"steps": \(steps), "fill_s": \(seconds.rounded(2)), "steps_per_s": \(perSecond), "cpu_us_per_step": \(cpu), \
      "slowest_batch_ms": \(slowest.rounded(1)), \(memoryUse)}
      """
  }

  private func measure(_ memory: MemoryContext) async throws -> String {
    var source = SyntheticArchive(steps: steps)
    for _ in 0..<steps { _ = source.next() }
    let queries = (0..<(Self.warmUp + self.queries)).map { source.query($0) }
    let before = residentMegabytes("VmRSS")
    let standard = try await time(queries) { query in
      _ = try await memory.retrieve(ContextRequest(query: query, budget: Self.budget))
    }
    let none = Shares(longTerm: 0, shortTerm: 0, tasks: 0)
    let recall = try await time(queries) { query in
      let request = ContextRequest(query: query, budget: Self.budget, shares: none)
      _ = try await memory.retrieve(request)
    }
    let noSummaries = try await time(queries) { query in
      let request = ContextRequest(query: query, budget: Self.budget, shares: Shares(longTerm: 0))
      _ = try await memory.retrieve(request)
    }
    let search = try await time(queries) { query in _ = try await memory.search(query) }
    return """
      {"steps": \(steps), \(standard.json("retrieve")), \(recall.json("recall")), \
      \(noSummaries.json("no_summaries")), \(search.json("search")), "rss_before_mb": \(before), \(memoryUse)}
      """
  }

  private struct Costs {
    var clock = Times()
    var cpu = Times()

    func json(_ name: String) -> String {
      """
      "\(name)_p50_ms": \(clock.at(0.5)), "\(name)_p95_ms": \(clock.at(0.95)), "\(name)_max_ms": \(clock.at(1)), \
      "\(name)_cpu_p50_ms": \(cpu.at(0.5)), "\(name)_cpu_p95_ms": \(cpu.at(0.95))
      """
    }
  }

  private func time(_ queries: [String], _ body: (String) async throws -> Void) async throws -> Costs {
    var costs = Costs()
    for (place, query) in queries.enumerated() {
      let start = ContinuousClock.now
      let startCPU = processorSeconds()
      try await body(query)
      guard place >= Self.warmUp else { continue }
      costs.cpu.add(1000 * (processorSeconds() - startCPU))
      costs.clock.add(start.duration(to: .now).milliseconds)
    }
    return costs
  }

  private var memoryUse: String {
    #""rss_mb": \#(residentMegabytes("VmRSS")), "peak_rss_mb": \#(residentMegabytes("VmHWM"))"#
  }
}

/// A figure of this process by Linux's account, in megabytes; 0 where there is none.
private func residentMegabytes(_ name: String) -> Double {
  guard let file = fopen("/proc/self/status", "r") else { return 0 }
  defer { fclose(file) }
  var line = [CChar](repeating: 0, count: 256)
  while fgets(&line, Int32(line.count), file) != nil {
    let fields = line.withUnsafeBytes { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }.split { " :\t\n".contains($0) }
    if fields.count > 1, fields[0] == name, let kilobytes = Double(fields[1]) {
      return (kilobytes / 1024).rounded(1)
    }
  }
  return 0
}
