import FlowCore
import Testing

@testable import FlowLLM

@Suite struct `Configured endpoint` {
  private func endpoint(
    _ environment: [String: String] = [:],
    _ configure: (inout ModelSettings) -> Void
  ) throws(FlowError) -> ModelEndpoint {
    var settings = ModelSettings()
    settings.model = "m"
    configure(&settings)
    return try ModelEndpoint(settings) { environment[$0] }
  }

  private func refusal(
    _ environment: [String: String] = [:],
    _ configure: (inout ModelSettings) -> Void
  ) -> FlowError? {
    do throws(FlowError) {
      _ = try endpoint(environment, configure)
      return nil
    } catch {
      return error
    }
  }

  @Test func `is the provider's own where nothing else is said`() throws {
    let openAI = try endpoint(["OPENAI_API_KEY": "k"]) { _ in }
    #expect(openAI.url.text == "https://api.openai.com/v1/chat/completions")
    let anthropic = try endpoint(["ANTHROPIC_API_KEY": "k"]) { $0.provider = .anthropic }
    #expect(anthropic.url.text == "https://api.anthropic.com/v1/messages")
    #expect(anthropic.key != nil)
  }

  @Test(arguments: [nil, "", "  "]) func `needs a model`(_ model: String?) throws {
    let error = try #require(refusal { $0.model = model })
    #expect(error.code == .invalidConfiguration)
    #expect(error.message.contains("llm.model"))
  }

  @Test(arguments: ["http://example.com/v1", "ftp://h/", "nonsense nonsense", "https://user:pw@h/v1", ""])
  func `needs an address that may be used`(_ address: String) throws {
    let error = try #require(refusal(["OPENAI_API_KEY": "k"]) { $0.baseURL = address })
    #expect(error.code == .invalidConfiguration)
    #expect(error.message.hasPrefix("llm.baseURL"))
    #expect(!error.description.contains("pw@"))
  }

  @Test func `needs a key, but on this machine`() throws {
    let error = try #require(refusal { _ in })
    #expect(error.message.contains("OPENAI_API_KEY"))
    #expect(error.message.contains("llm.apiKeyEnv"))
    #expect(try endpoint { $0.baseURL = "http://127.0.0.1:8080/v1" }.key == nil)
    #expect(try endpoint { $0.apiKeyEnv = "none" }.key == nil)
    #expect(try endpoint(["OPENAI_API_KEY": "k"]) { $0.apiKeyEnv = "none" }.key == nil)
  }

  @Test func `gets the provider's own key for the provider alone`() throws {
    let keys = ["OPENAI_API_KEY": "k", "ANTHROPIC_API_KEY": "k"]
    #expect(try endpoint(keys) { $0.baseURL = "https://api.openai.com/v1" }.key != nil)
    #expect(try endpoint(keys) { $0.baseURL = "http://127.0.0.1:8080/v1" }.key == nil)
    for host in [
      "https://api.openai.com.evil.example", "https://gateway.example/v1", "https://api.anthropic.com",
    ] {
      let error = try #require(refusal(keys) { $0.baseURL = host })
      #expect(error.code == .invalidConfiguration && error.context["key"] == "llm.apiKeyEnv")
    }
  }

  @Test(arguments: ["https://h/v1", "http://localhost:1/v1"]) func `needs a variable that is named`(
    _ base: String
  ) throws {
    for environment in [[:], ["MY_KEY": ""], ["OPENAI_API_KEY": "k"]] {
      let error = try #require(
        refusal(environment) {
          $0.apiKeyEnv = "MY_KEY"
          $0.baseURL = base
        }
      )
      #expect(error.code == .invalidConfiguration)
      #expect(error.message.contains("MY_KEY is not set"))
    }
  }

  @Test(arguments: ["\(secretKey)\n", " \(secretKey)", "\(secretKey)\u{7}", "\(secretKey)é"])
  func `refuses a key that no header can carry, without showing it`(_ key: String) throws {
    let error = try #require(refusal(["OPENAI_API_KEY": key]) { _ in })
    #expect(error.code == .invalidConfiguration)
    #expect(error.message.contains("OPENAI_API_KEY"))
    #expect(!error.description.contains(secretKey.prefix(6)))
  }

  @Test(arguments: [secretKey, "gsk_AbCdEfGhIjKlMnOpQrSt", "0123456789abcdef0123456789abcdef", "sk-1"])
  func `does not show a key that stands where its variable's name should`(_ key: String) throws {
    let error = try #require(refusal { $0.apiKeyEnv = key })
    #expect(error.message.contains("llm.apiKeyEnv"))
    #expect(!error.description.contains(key))
  }

  @Test(arguments: ["", "2026 10 21", "v\r\nX-Evil: 1"]) func `has a version that a header can carry`(
    _ version: String
  ) throws {
    let error = try #require(
      refusal(["ANTHROPIC_API_KEY": "k"]) {
        $0.provider = .anthropic
        $0.anthropicVersion = version
      }
    )
    #expect(error.message.contains("llm.anthropicVersion"))
  }
}
