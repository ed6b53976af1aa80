import FlowCore
import RandomSupport
import Testing

@testable import FlowLLM

@Suite struct `Hostile answers` {
  private static let names = [
    "choices", "message", "content", "error", "usage", "type", "text", "finish_reason", "stop_reason", "code",
    "prompt_tokens", "completion_tokens", "input_tokens", "output_tokens", "prompt_tokens_details",
    "cached_tokens",
    "model", "detail", "param", "object", "refusal", "tool_calls", "details", "loc", "msg", "status",
    "total_tokens",
  ]
  private static let words = [
    "stop", "length", "error", "text", "max_tokens", "tool_use", "\u{1B}[2J", "\u{202E}", secretKey, "",
    "insufficient_quota",
    "message", "<think>", "</think>", "refusal", "content_filter", String(repeating: "y", count: 3000),
  ]

  private func value(_ random: inout SeededRandom, depth: Int) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 10 : 6), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2: return .number(JSONNumber(Int.random(in: Int.min...Int.max, using: &random)))
    case 3: return .number(JSONNumber(Double.random(in: -1e300...1e300, using: &random))!)
    case 4, 5: return .string(Self.words.randomElement(using: &random)!)
    case 6, 7:
      return .array((0..<Int.random(in: 0..<4, using: &random)).map { _ in value(&random, depth: depth - 1) })
    default:
      var object = JSONObject()
      for _ in 0..<Int.random(in: 0..<6, using: &random) {
        object[Self.names.randomElement(using: &random)!] = value(&random, depth: depth - 1)
      }
      return .object(object)
    }
  }

  private func body(_ random: inout SeededRandom) -> [UInt8] {
    switch Int.random(in: 0..<10, using: &random) {
    case 0:
      return (0..<Int.random(in: 0..<200, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
    case 1:
      let whole = Array(value(&random, depth: 6).serialized().utf8)
      return Array(whole.prefix(Int.random(in: 0...whole.count, using: &random)))
    case 2...4:
      // Near enough to an answer that the reading of its parts is reached.
      let message: JSONValue = ["content": value(&random, depth: 2), "refusal": value(&random, depth: 1)]
      let whole: JSONValue = [
        "choices": [["message": message, "finish_reason": value(&random, depth: 0)]],
        "usage": value(&random, depth: 2),
        "content": [["type": "text", "text": value(&random, depth: 0)]],
        "stop_reason": value(&random, depth: 0),
      ]
      return Array(whole.serialized().utf8)
    default: return Array(value(&random, depth: 6).serialized().utf8)
    }
  }

  @Test(arguments: [UInt64(1), 2, 3, 4]) func `give an answer or a named error, and no secret`(_ seed: UInt64)
  {
    var random = SeededRandom(seed: seed)
    let statuses = [200, 200, 200, 200, 204, 301, 400, 401, 404, 422, 429, 500, 529]
    for round in 0..<4000 {
      let headers = [
        (name: "content-type", value: Self.words.randomElement(using: &random)!),
        (name: "retry-after", value: Self.words.randomElement(using: &random)!),
        (name: "location", value: Self.words.randomElement(using: &random)!),
        (name: "x-request-id", value: Self.words.randomElement(using: &random)!),
      ]
      let response = HTTPResponse(
        status: statuses.randomElement(using: &random)!,
        headers: headers,
        body: body(&random)
      )
      let dialect: any ChatDialect =
        Bool.random(using: &random) ? OpenAIDialect() : AnthropicDialect(version: "v")
      switch read(response, by: dialect) {
      case .success(let answer):
        let isBlank = answer.text.allSatisfy(\.isWhitespace)
        #expect(!isBlank, "seed \(seed), round \(round)")
        #expect(!answer.text.contains(secretKey), "seed \(seed), round \(round)")
        if let usage = answer.usage {
          #expect(
            min(usage.input, usage.cachedRead, usage.cacheWrite, usage.output) >= 0,
            "seed \(seed), round \(round)"
          )
        }
      case .failure(let fault):
        let shown = fault.error.description + fault.error.context.map { $0.key + $0.value }.joined()
        #expect(!shown.contains(secretKey), "seed \(seed), round \(round)")
        let isUnsafe = shown.unicodeScalars.contains(where: \.isUnsafeToPrint)
        #expect(!isUnsafe, "seed \(seed), round \(round)")
        #expect(shown.count < 2000, "seed \(seed), round \(round)")
      }
    }
  }

  @Test func `a key at every place of a page is hidden, also where the excerpt is cut`() throws {
    for length in 0..<120 {
      let page = String(repeating: "x", count: length) + secretKey + " tail"
      for status in [200, 500] {
        let fault = try #require(read(HTTPResponse(status, page, ["content-type": "text/html"])).fault)
        #expect(!fault.error.message.contains(secretKey.prefix(8)))
      }
      let error = JSONValue.object([
        "error": ["message": .string(String(repeating: "x", count: length + 100) + secretKey)]
      ])
      let fault = try #require(read(HTTPResponse(400, error.serialized())).fault)
      #expect(!fault.error.message.contains(secretKey.prefix(8)))
    }
  }

  @Test(arguments: [
    #"{"a":"sk-Zq7\/very+secret=0123456789"#, #"{"a":"sk-Zq7\/very\u002Bsecret\u003d0123456789"#,
    #"{"a":"\u0073k-Zq7/very+secret=0123456789"#,
  ]) func `a key that unreadable JSON holds in escapes is hidden`(_ body: String) throws {
    let fault = try #require(read(HTTPResponse(200, body)).fault)
    #expect(fault.error.message.contains("[key]"))
    #expect(!fault.error.message.contains("secret"))
  }
}
