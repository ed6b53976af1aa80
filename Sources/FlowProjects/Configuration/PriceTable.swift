import FlowCore

/// Prices of models as the configuration has them: dollars for a million tokens, by model.
///
///     { "gpt-x": { "input": 0.15, "cachedRead": 0.075, "output": 0.6 } }
enum PriceTable {
  private static let kinds = ["input", "cachedRead", "cacheWrite", "output"]

  struct Fault: Error { let message: String }

  static func read(_ value: JSONValue) throws(Fault) -> [String: ModelPrice] {
    guard let models = value.object else { throw Fault(message: "expected an object of prices by model") }
    var prices: [String: ModelPrice] = [:]
    for (model, entry) in models { prices[model] = try price(entry, of: model.quotedExcerpt) }
    return prices
  }

  private static func price(_ value: JSONValue, of model: String) throws(Fault) -> ModelPrice {
    guard let members = value.object else {
      throw Fault(message: "the price of \(model) must be an object with input and output")
    }
    for (kind, price) in members {
      guard kinds.contains(kind) else {
        throw Fault(
          message:
            "the price of \(model) has no part \(kind.quotedExcerpt), only \(kinds.joined(separator: ", "))"
        )
      }
      guard price.double != nil else {
        throw Fault(message: "\(kind) of \(model) must be a number: dollars for a million tokens")
      }
    }
    guard let input = members["input"]?.double, let output = members["output"]?.double else {
      throw Fault(message: "the price of \(model) needs input and output")
    }
    let price = ModelPrice(
      input: input,
      output: output,
      cachedRead: members["cachedRead"]?.double,
      cacheWrite: members["cacheWrite"]?.double
    )
    guard let price else {
      throw Fault(message: "the price of \(model) must be from 0 to 1,000,000 dollars for a million tokens")
    }
    return price
  }

  static func json(_ prices: [String: ModelPrice]) -> JSONValue {
    var table: JSONObject = [:]
    for (model, price) in prices.sorted(by: { $0.key < $1.key }) {
      table[model] = [
        "input": dollars(price.input), "cachedRead": dollars(price.cachedRead),
        "cacheWrite": dollars(price.cacheWrite), "output": dollars(price.output),
      ]
    }
    return .object(table)
  }

  private static func dollars(_ picodollarsPerToken: Int) -> JSONValue {
    JSONNumber(Double(picodollarsPerToken) / 1e6).map(JSONValue.number) ?? .null
  }
}
