import FlowCore
import FlowText
import FlowMemory
import RandomSupport

/// A project as an attacker would like it, and requests to it.
extension SeededRandom {
  mutating func surroundings() -> Surroundings {
    let preamble = pick(["", "# demo\n", "# 데모\nRecorded earlier. Lines `sN speaker:` quote records.\n"])
    guard !once(in: 5) else { return Surroundings(preamble: preamble) }
    var workflow = Workflow(project: try! ProjectName("demo"), created: nil)
    for number in 1...number(1...12) {
      let deps = (1..<max(2, number)).filter { _ in once(in: 4) }.filter { $0 < number }
      let id = once(in: 8) ? try! TaskID("```\(number)") : TaskID(number: number)
      var meta: JSONObject = [:]
      if once(in: 3) { meta["owner"] = .string(hostile()) }
      if once(in: 3) { meta["reason"] = .string(hostile()) }
      workflow.tasks.append(
        FlowTask(
          id: id,
          name: once(in: 2) ? hostile() : sentence(1...6),
          status: pick(TaskStatus.allCases),
          deps: deps.map(TaskID.init(number:)),
          meta: meta
        )
      )
    }
    var results: [CachedResult] = []
    for number in 0..<number(0...8) {
      let key = (once(in: 2) ? hostile() : "result") + "-\(number)"
      let value: JSONValue = once(in: 3) ? ["rows": [1, 2.5, .string(hostile())]] : .string(content())
      let task = once(in: 4) ? nil : pick(workflow.tasks).id
      results.append(CachedResult(key: key, value: value, task: task, created: SteppedClock.start))
    }
    return Surroundings(preamble: preamble, workflow: workflow, results: results)
  }

  mutating func shares() -> Shares? {
    guard once(in: 2) else { return nil }
    var shares = Shares(longTerm: 0, shortTerm: 0, tasks: 0)
    var rest = 1.0
    for path in [\Shares.longTerm, \Shares.shortTerm, \Shares.tasks].shuffled(using: &self) where !once(in: 3)
    {
      let share = Double.random(in: 0...rest, using: &self)
      shares[keyPath: path] = share
      rest -= share
    }
    return shares
  }

  mutating func request(newest: String?, tasks: [TaskID]) -> ContextRequest {
    let query: String? =
      switch number(0...5) {
      case 0: nil
      case 1: newest
      case 2: hostile()
      default: sentence(2...9)
      }
    let reach = pick([30, 200, 1000, 4000, 20_000])
    return ContextRequest(
      query: query,
      budget: number(1...reach),
      tokenizer: pick(BytePairTokenizer.names),
      task: once(in: 3) && !tasks.isEmpty ? pick(tasks) : nil,
      shares: shares()
    )
  }
}
