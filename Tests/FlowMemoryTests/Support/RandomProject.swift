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

  /// What people and programs ask, and what they send by mistake.
  mutating func query(newest: String?) -> String? {
    switch number(0...11) {
    case 0: nil
    case 1: newest
    case 2: hostile()
    case 3: pick(["", " ", "\n", "?", "😀", "👩‍👩‍👧 🎉", "\u{202E}", "\0"])
    case 4:
      pick([
        "What happened last week?", "when was it, on 12 April 2024 or in May 2025?", "지난주에 무슨 일이 있었어?",
        "3월 5일", "上个月", "昨日",
      ])
    case 5: once(in: 4) ? paragraph(60...120) : sentence(9...30)
    case 6: pick(["인증서가 언제 만료됐어?", "배포가 실패한 이유를 알려 줘", "데이터베이스"])
    default: sentence(2...9)
    }
  }

  mutating func request(newest: String?, tasks: [TaskID]) -> ContextRequest {
    let reach = pick([30, 200, 1000, 4000, 20_000, 200_000])
    return ContextRequest(
      query: query(newest: newest),
      budget: number(1...reach),
      tokenizer: pick(BytePairTokenizer.names),
      task: once(in: 3) && !tasks.isEmpty ? pick(tasks) : nil,
      shares: shares()
    )
  }
}
