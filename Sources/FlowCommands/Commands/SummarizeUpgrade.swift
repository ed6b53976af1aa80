import FlowCore
import FlowMemory
import FlowProjects

/// `summarize --upgrade`: what a model did, or would do, as people and programs read it.
struct UpgradeReport {
  /// So many summaries are listed one by one for people.
  private static let listed = 12

  let receipt: UpgradeBatchReceipt
  let isDryRun: Bool

  var json: JSONValue {
    [
      "dry_run": .bool(isDryRun),
      "projects": .array(
        receipt.projects.map { name, done in isDryRun ? json(name, planned: done.plan) : json(name, done) }
      ),
      "failures": .array(receipt.failures.map { json($0.error, ["project": .string($0.name.rawValue)]) }),
      "spent": receipt.spent.json,
      "stopped": receipt.stopped.map { json($0, [:]) } ?? .null,
    ]
  }

  private func json(_ name: ProjectName, _ done: UpgradeReceipt) -> JSONValue {
    func failures(_ list: [UpgradeReceipt.Failure]) -> JSONValue {
      .array(list.map { json($0.error, ["summary": .string($0.summary.description)]) })
    }
    return [
      "project": .string(name.rawValue),
      "summaries": .array(done.changes.map(\.json)),
      "parents": .array(done.parents.map(\.json)),
      "refused": failures(done.refused),
      "failed": failures(done.failed),
      "elsewhere": .number(JSONNumber(done.elsewhere)),
      "superseded": .number(JSONNumber(done.superseded)),
      "remaining": .number(JSONNumber(done.remaining)),
      "asked_twice": .number(JSONNumber(done.askedTwice)),
      "masked": done.masked.json,
      "identifiers": done.identifiers.json,
      "left_alone": leftAlone(done.plan),
    ]
  }

  private func json(_ name: ProjectName, planned plan: UpgradePlan) -> JSONValue {
    [
      "project": .string(name.rawValue),
      "summaries": .array(plan.candidates.map { .string($0.id.description) }),
      "tokens": .number(JSONNumber(plan.candidates.reduce(0) { $0 + $1.sourceTokens })),
      "left_alone": leftAlone(plan),
    ]
  }

  private func leftAlone(_ plan: UpgradePlan) -> JSONValue {
    [
      "by_model": .number(JSONNumber(plan.byModel)), "by_hand": .number(JSONNumber(plan.byHand)),
      "refused_before": .number(JSONNumber(plan.refused.count)),
      "too_short": .number(JSONNumber(plan.tooShort)), "claimed": .number(JSONNumber(plan.claimed)),
      "without_steps": .number(JSONNumber(plan.withoutSteps)),
    ]
  }

  private func json(_ error: FlowError, _ place: JSONObject) -> JSONValue {
    var members = place
    members["code"] = .string(error.code.rawValue)
    members["message"] = .string(error.message)
    return .object(members)
  }

  var text: String {
    var text = receipt.projects.map {
      isDryRun ? line($0.name, planned: $0.receipt.plan) : lines($0.name, $0.receipt)
    }
    .joined()
    if !isDryRun { text += receipt.spent.sentence }
    return text
  }

  private func line(_ name: ProjectName, planned plan: UpgradePlan) -> String {
    let tokens = plan.candidates.reduce(0) { $0 + $1.sourceTokens }
    return
      "\(name): would ask for \(plan.candidates.count) summaries of \(tokens) tokens of steps\(others(plan))\n"
  }

  private func lines(_ name: ProjectName, _ done: UpgradeReceipt) -> String {
    var text = "\(name): \(done.changes.count) of \(done.plan.candidates.count) summaries made by the model"
    text += done.parents.isEmpty ? "" : ", \(done.parents.count) above them made anew"
    text += "\(others(done.plan))\n"
    for change in done.changes.prefix(UpgradeReport.listed) { text += change.line }
    if done.changes.count > UpgradeReport.listed {
      text += "  and \(done.changes.count - UpgradeReport.listed) more\n"
    }
    text += done.identifiers.text
    if !done.masked.isEmpty {
      let kinds = done.masked.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
      text += "masked before they left: \(kinds.joined(separator: ", "))\n"
    }
    if done.askedTwice > 0 { text += "asked twice, since the first answer was not fit: \(done.askedTwice)\n" }
    text += failures(done.refused, "no fit summary")
    text += failures(done.failed, "not asked or not answered, and still marked")
    if done.superseded > 0 { text += "changed meanwhile, so the answer was dropped: \(done.superseded)\n" }
    if done.elsewhere > 0 { text += "made elsewhere at the same time: \(done.elsewhere)\n" }
    if done.remaining > 0 { text += "not begun, and still marked: \(done.remaining)\n" }
    return text
  }

  private func failures(_ list: [UpgradeReceipt.Failure], _ title: String) -> String {
    guard !list.isEmpty else { return "" }
    var text = "\(title): \(list.count)\n"
    for failure in list.prefix(UpgradeReport.listed) {
      text += "  \(failure.summary): \(failure.error.message.excerpt(limit: 300))\n"
    }
    return text
  }

  private func others(_ plan: UpgradePlan) -> String {
    let counts = [
      (plan.byModel, "by a model already"), (plan.byHand, "by hand"),
      (plan.refused.count, "refused before (--retry-refused asks again)"), (plan.tooShort, "too short"),
      (plan.claimed, "being made elsewhere"), (plan.withoutSteps, "without their steps"),
    ]
    let told = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return told.isEmpty ? "" : "; left alone: \(told.joined(separator: ", "))"
  }
}

/// `summarize --ledger`: what calls to models came to.
struct LedgerReport {
  let projects: [(name: ProjectName, lines: [LedgerLine])]

  /// All projects together, by model.
  private var total: [LedgerLine] {
    var total: [String: LedgerLine] = [:]
    for line in projects.flatMap(\.lines) {
      total[line.model, default: LedgerLine(model: line.model)].add(line)
    }
    return total.values.sorted { $0.model < $1.model }
  }

  var json: JSONValue {
    [
      "models": .array(total.map(\.json)),
      "projects": .array(
        projects.map { ["project": .string($0.name.rawValue), "models": .array($0.lines.map(\.json))] }
      ),
    ]
  }

  var text: String {
    guard !total.isEmpty else { return "" }
    let rows = total.map { line in
      [
        line.model.excerpt(limit: 60), String(line.calls), String(line.attempts[.answered] ?? 0),
        String(line.usage.input), String(line.usage.cachedRead), String(line.usage.cacheWrite),
        String(line.usage.output), line.cost.text + (line.unpriced > 0 ? " + \(line.unpriced) unpriced" : ""),
      ]
    }
    return TextTable(
      header: ["MODEL", "CALLS", "ANSWERED", "INPUT", "CACHED", "WRITTEN", "OUTPUT", "COST"],
      rows: rows
    ).text
  }
}

extension LedgerLine {
  /// All attempts, however they ended.
  fileprivate var calls: Int { attempts.values.reduce(0, +) }

  var json: JSONValue {
    [
      "model": model.isEmpty ? .null : .string(model),
      "calls": .object(
        JSONObject(
          uniqueKeysWithValues: CallAttempt.Outcome.allCases.map {
            ($0.rawValue, .number(JSONNumber(attempts[$0] ?? 0)))
          }
        )
      ),
      "tokens": [
        "input": .number(JSONNumber(usage.input)), "cached_read": .number(JSONNumber(usage.cachedRead)),
        "cache_write": .number(JSONNumber(usage.cacheWrite)), "output": .number(JSONNumber(usage.output)),
      ],
      "cost": .string(cost.text),
      "cost_picodollars": .number(JSONNumber(cost.picodollars)),
      "unpriced": .number(JSONNumber(unpriced)),
    ]
  }

  fileprivate var sentence: String {
    guard calls > 0 else { return "" }
    var text = "calls: \(calls)"
    let odd = CallAttempt.Outcome.allCases.filter { $0 != .answered && attempts[$0, default: 0] > 0 }
    if !odd.isEmpty {
      text += " (" + odd.map { "\(attempts[$0] ?? 0) \($0.rawValue)" }.joined(separator: ", ") + ")"
    }
    text += ", tokens: \(usage.input + usage.cachedRead + usage.cacheWrite) in"
    if usage.cachedRead > 0 { text += " (\(usage.cachedRead) from a cache)" }
    text += ", \(usage.output) out, cost: \(cost.text)"
    if unpriced > 0 { text += ", and \(unpriced) without a price" }
    return text + "\n"
  }
}
