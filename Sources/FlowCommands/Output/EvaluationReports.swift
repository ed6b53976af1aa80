import FlowCore
import FlowProjects

/// What `eval` says of questions.
struct RecallReport {
  let evaluation: RecallEvaluation
  let showsCategories: Bool

  private typealias Figures = RecallEvaluation.Figures

  var text: String {
    let first = evaluation.budgets.first?.all.questions ?? 0
    let head = "\(first) questions, \(evaluation.tokenizer), shares: \(evaluation.shares.text)\n\n"
    var header = ["BUDGET", "QUESTIONS", "ALL", "EVIDENCE", "TOKENS", "P50 MS", "P95 MS"]
    if showsCategories { header.insert("CATEGORY", at: 1) }
    var rows: [[String]] = []
    for budget in evaluation.budgets {
      rows.append(row(budget.budget, "all", budget.all))
      guard showsCategories else { continue }
      for category in budget.categories {
        rows.append(row(budget.budget, category.name.excerpt(limit: 40), category.figures))
      }
    }
    return head + TextTable(header: header, rows: rows).text
  }

  private func row(_ budget: Int, _ category: String, _ figures: Figures) -> [String] {
    [String(budget)] + (showsCategories ? [category] : []) + [
      String(figures.questions), Decimals.percent(figures.complete), Decimals.percent(figures.evidence),
      Decimals.text(figures.tokens, places: 0), Decimals.text(figures.latency.p50, places: 1),
      Decimals.text(figures.latency.p95, places: 1),
    ]
  }

  var json: JSONValue {
    [
      "questions": .number(JSONNumber(evaluation.budgets.first?.all.questions ?? 0)),
      "tokenizer": .string(evaluation.tokenizer),
      "shares": evaluation.shares.json,
      "budgets": .array(
        evaluation.budgets.map { budget in
          var object = json(budget.all)
          object["categories"] = .object(
            JSONObject(uniqueKeysWithValues: budget.categories.map { ($0.name, .object(json($0.figures))) })
          )
          return .object(
            JSONObject(
              uniqueKeysWithValues: [("budget", .number(JSONNumber(budget.budget)))]
                + object.map { ($0.key, $0.value) }
            )
          )
        }
      ),
    ]
  }

  private func json(_ figures: Figures) -> JSONObject {
    [
      "questions": .number(JSONNumber(figures.questions)),
      "all_evidence": Decimals.json(figures.complete),
      "evidence": Decimals.json(figures.evidence),
      "tokens": Decimals.json(figures.tokens),
      "latency_ms": figures.latency.json,
    ]
  }
}

/// What `eval --replay` says.
struct ReplayReport {
  let evaluation: ReplayEvaluation
  let prices: PromptPrices

  var text: String {
    let cost = evaluation.cost(at: prices)
    var text =
      "\(evaluation.steps) steps, \(evaluation.calls) prompts of at most \(evaluation.budget) tokens, "
    text += "\(evaluation.tokenizer), shares: \(evaluation.shares.text)\n\n"
    text += "tokens     \(evaluation.tokens), of which \(evaluation.unchangedTokens) "
    text += "(\(Decimals.percent(evaluation.unchangedShare))) are an unchanged beginning\n"
    text += "cost       \(Decimals.text(cost.cached, places: 4)) with a prompt cache, "
    text +=
      "\(Decimals.text(cost.uncached, places: 4)) without, at \(Decimals.text(prices.input, places: 2)) "
    text += "and \(Decimals.text(prices.cached, places: 2)) cached per million tokens\n"
    text += "retrieve   \(evaluation.retrieval.text)\n"
    text += "update     \(evaluation.update.text)\n\n"
    text +=
      TextTable(
        header: ["KIND", "TOKENS", "UNCHANGED", "PROMPTS PART HERE"],
        rows: evaluation.kinds.map { kind in
          [kind.kind.rawValue, String(kind.tokens), String(kind.unchangedTokens), String(kind.breaks)]
        }
      ).text
    return text
  }

  var json: JSONValue {
    let cost = evaluation.cost(at: prices)
    return [
      "steps": .number(JSONNumber(evaluation.steps)),
      "calls": .number(JSONNumber(evaluation.calls)),
      "budget": .number(JSONNumber(evaluation.budget)),
      "tokenizer": .string(evaluation.tokenizer),
      "shares": evaluation.shares.json,
      "tokens": .number(JSONNumber(evaluation.tokens)),
      "unchanged_tokens": .number(JSONNumber(evaluation.unchangedTokens)),
      "unchanged_share": Decimals.json(evaluation.unchangedShare),
      "unbroken": .number(JSONNumber(evaluation.unbroken)),
      "kinds": .object(
        JSONObject(
          uniqueKeysWithValues: evaluation.kinds.map { kind in
            (
              kind.kind.rawValue,
              [
                "tokens": .number(JSONNumber(kind.tokens)),
                "unchanged_tokens": .number(JSONNumber(kind.unchangedTokens)),
                "breaks": .number(JSONNumber(kind.breaks)),
              ]
            )
          }
        )
      ),
      "prices": ["input": Decimals.json(prices.input), "cached": Decimals.json(prices.cached)],
      "cost": ["cached": Decimals.json(cost.cached), "uncached": Decimals.json(cost.uncached)],
      "retrieve_ms": evaluation.retrieval.json,
      "update_ms": evaluation.update.json,
    ]
  }
}

extension LatencyFigures {
  fileprivate var text: String {
    "p50 \(Decimals.text(p50, places: 1)) ms, p95 \(Decimals.text(p95, places: 1)) ms"
  }

  fileprivate var json: JSONValue { ["p50": Decimals.json(p50), "p95": Decimals.json(p95)] }
}

extension Shares {
  fileprivate var named: [(name: String, value: Double)] {
    [("long_term", longTerm), ("short_term", shortTerm), ("tasks", tasks)]
  }

  fileprivate var text: String {
    named.map { "\($0.name) \(Decimals.text($0.value, places: 2))" }.joined(separator: ", ")
  }

  fileprivate var json: JSONValue {
    .object(JSONObject(uniqueKeysWithValues: named.map { ($0.name, Decimals.json($0.value)) }))
  }
}
