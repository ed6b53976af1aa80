import FlowCore

extension Context {
  /// The `data` of `context --format json`; with `explained`, why each piece is in.
  func json(explained: Bool) -> JSONValue {
    [
      "budget": .number(JSONNumber(budget)),
      "tokens": .number(JSONNumber(tokens)),
      "exact": .bool(isExact),
      "tokenizer": .string(tokenizer),
      "now": .string(now.description),
      "prefix_hash": .string("sha256:\(prefixHash)"),
      "prefix_tokens": .number(JSONNumber(prefixTokens)),
      "text": .string(text),
      "verbatim_steps": .array(verbatimSteps.map { .number(JSONNumber($0.rawValue)) }),
      "sections": .array(sections.map { $0.json(explained: explained) }),
      "omitted": .array(omitted.map(\.json)),
    ]
  }
}

extension Context.Section {
  fileprivate func json(explained: Bool) -> JSONValue {
    var object: JSONObject = [
      "name": .string(name), "kind": .string(kind.rawValue), "tokens": .number(JSONNumber(tokens)),
    ]
    if !summaries.isEmpty { object["summaries"] = .array(summaries.map { .string($0.description) }) }
    object["steps"] = .array(steps.map { .number(JSONNumber($0.rawValue)) })
    if !tasks.isEmpty { object["tasks"] = .array(tasks.map { .string($0.rawValue) }) }
    if !results.isEmpty { object["results"] = .array(results.map(JSONValue.string)) }
    if explained {
      object["pieces"] = .array(
        reasons.map {
          ["piece": .string($0.piece), "tokens": .number(JSONNumber($0.tokens)), "why": .string($0.why)]
        }
      )
    }
    return .object(object)
  }
}

extension Context.Omission {
  fileprivate var json: JSONValue {
    [
      "section": .string(section), "count": .number(JSONNumber(count)), "reason": .string(reason),
      "best": .array(best.map(JSONValue.string)),
    ]
  }
}
