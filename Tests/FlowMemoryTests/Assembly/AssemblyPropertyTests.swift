import FlowCore
import FlowMemory
import FlowText
import Glibc
import RandomSupport
import Testing

/// FLOW_SOAK=1 runs the full figures, which take minutes.
private let isSoak = getenv("FLOW_SOAK").map { String(cString: $0) } == "1"

/// Random projects, hostile contents, random requests: what every prompt keeps to.
@Suite(.timeLimit(.minutes(isSoak ? 120 : 15))) struct `Assembly of random projects` {
  /// 2,000 prompts, or 100,000.
  private static let projects = isSoak ? 500 : 40
  private static let rounds = isSoak ? 200 : 50

  private struct Project {
    let bench: MemoryBench
    let memory: MemoryContext
    let surroundings: Surroundings
    let steps: [ArchivedStep]
  }

  /// What the soak prints at its end.
  private struct Tally {
    var prompts = 0
    var overBudget = 0
    var miscounted = 0
    /// Shares of the budget that are used, in millionths, where there is more than twice as much to tell.
    var shares: [Int] = []

    mutating func add(_ other: Tally) {
      prompts += other.prompts
      overBudget += other.overBudget
      miscounted += other.miscounted
      shares += other.shares
    }
  }

  private static func project(_ random: inout SeededRandom) async throws -> Project {
    let limits = MemoryLimits(
      shortTermSteps: random.number(1...14),
      shortTermTokens: random.pick([200, 1000, 4000]),
      keepSteps: random.number(1...7),
      summaryTokens: random.pick([0, 60, 200])
    )
    let bench = try MemoryBench()
    let memory = bench.memory(limits)
    var steps = random.steps(random.pick([0, 1, 3, 12, 30, isSoak ? 120 : 60]), hostile: !random.once(in: 3))
    for index in steps.indices where random.once(in: 12) { steps[index].pinned = true }
    _ = try await memory.update(steps)
    let archived = try await bench.steps()
    return Project(bench: bench, memory: memory, surroundings: random.surroundings(), steps: archived)
  }

  @Test func `every prompt keeps to its budget, its order and its records`() async throws {
    let all = try await withThrowingTaskGroup(of: Tally.self) { group in
      let workers = 4
      for worker in 1...workers {
        group.addTask {
          var tally = Tally()
          for seed in stride(from: worker, through: Self.projects, by: workers) {
            tally.add(try await Self.assemble(seed: UInt64(seed)))
          }
          return tally
        }
      }
      return try await group.reduce(into: Tally()) { $0.add($1) }
    }
    #expect(all.prompts == Self.projects * Self.rounds)
    if isSoak {
      let mean = all.shares.reduce(0, +) / max(1, all.shares.count) / 1000
      print(
        "\(all.prompts) prompts: \(all.overBudget) over budget, \(all.miscounted) miscounted;",
        "\(Double(mean) / 10) % of the budget used in \(all.shares.count) that had twice as much to tell"
      )
    }
  }

  /// Assembles the prompts of one project and checks each.
  private static func assemble(seed: UInt64) async throws -> Tally {
    var random = SeededRandom(seed: seed)
    let project = try await project(&random)
    let tasks = project.surroundings.workflow?.tasks.map(\.id) ?? []
    let told = project.steps.reduce(0) { $0 + $1.tokens }
    var tally = Tally()
    for round in 0..<rounds {
      var request = random.request(newest: project.steps.last?.step.content, tasks: tasks)
      // Without a step the answer's time is the clock's, which goes on.
      if project.steps.isEmpty { request.now = SteppedClock.start }
      let note = "seed \(seed), round \(round)"
      let context = try await prompt(
        for: &request,
        of: project,
        isProved: random.once(in: 4),
        note
      )
      let checker = PromptChecker(context, of: project.steps, request)
      checker.checkAll()
      #expect(checker.faults.isEmpty, "\(note): \(checker.faults), \(request)")
      tally.prompts += 1
      if checker.isOverBudget { tally.overBudget += 1 }
      if checker.isMiscounted { tally.miscounted += 1 }
      if told > 2 * request.budget { tally.shares.append(1_000_000 * context.tokens / request.budget) }
      if random.once(in: 6) {
        let again = try await project.memory.retrieve(request, beside: project.surroundings)
        #expect(again == context && again.text.utf8.elementsEqual(context.text.utf8), "\(note)")
      }
      if random.once(in: 6) {
        var larger = request
        larger.budget += random.pick([1, 7, 40, 300, 5000, 100_000])
        let grown = try await project.memory.retrieve(larger, beside: project.surroundings)
        let floors = PromptChecker(grown, of: project.steps, larger).wholeFloors
        let lost = checker.wholeFloors.subtracting(floors)
        #expect(
          lost.isEmpty,
          "\(note): \(request.budget) → \(larger.budget) cuts \(lost.sorted()), \(request)"
        )
      }
    }
    return tally
  }

  /// The prompt of a request; a budget that is too small is raised to the least possible, which is exact: to prove
  /// it, one less is tried too.
  private static func prompt(
    for request: inout ContextRequest,
    of project: Project,
    isProved: Bool,
    _ note: String
  ) async throws -> Context {
    do throws(FlowError) {
      return try await project.memory.retrieve(request, beside: project.surroundings)
    } catch {
      #expect(error.code == .budgetTooSmall, "\(note): \(error), \(request)")
      let least = try #require(error.context["least"].flatMap { Int($0) })
      #expect(least > request.budget, "\(note)")
      if isProved {
        request.budget = least - 1
        let smaller = request
        let again = try await #require(throws: FlowError.self, "\(note)") {
          try await project.memory.retrieve(smaller, beside: project.surroundings)
        }
        #expect(again.code == .budgetTooSmall && again.context["least"] == String(least), "\(note)")
      }
      request.budget = least
      return try await project.memory.retrieve(request, beside: project.surroundings)
    }
  }
}
