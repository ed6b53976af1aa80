import FlowCore
import FlowTestSupport
import Synchronization

@testable import FlowLLM

/// The key that no text may ever hold.
let secretKey = "sk-Zq7/very+secret=0123456789"

/// A model over a scripted transport, with a clock that stands still, no chance, and sleeps that are only noted.
struct ModelUnderTest {
  let model: HTTPChatModel
  let transport: ScriptedTransport
  let clock = ManualClock()
  let naps = Naps()
  let spending = SpendingLog()

  init(
    _ transport: ScriptedTransport,
    random: Double = 0,
    environment: [String: String] = ["OPENAI_API_KEY": secretKey, "ANTHROPIC_API_KEY": secretKey],
    configure: (inout ModelSettings) -> Void = { _ in }
  ) throws {
    var settings = ModelSettings()
    settings.baseURL = "https://models.example/v1"
    settings.model = "m"
    settings.apiKeyEnv = "OPENAI_API_KEY"
    configure(&settings)
    self.transport = transport
    let naps = naps
    model = try HTTPChatModel(
      settings: settings,
      environment: environment,
      transport: transport,
      tools: CallTools(clock: clock, random: { random }, sleep: { try naps.take($0) })
    )
  }

  init(
    _ replies: ScriptedTransport.Reply...,
    configure: (inout ModelSettings) -> Void = { _ in }
  ) throws {
    try self.init(
      ScriptedTransport { _, number in replies[min(number, replies.count - 1)] },
      configure: configure
    )
  }

  func ask(_ message: String = "What is it?", maxTokens: Int = 100) async throws(FlowError) -> ChatAnswer {
    let request = ChatRequest(system: "Be brief.", message: message, maxTokens: maxTokens)
    return try await model.answer(request, spending: spending)
  }

  /// The error of a call that must fail.
  func fault(_ message: String = "What is it?") async -> FlowError? {
    do throws(FlowError) {
      _ = try await ask(message)
      return nil
    } catch {
      return error
    }
  }
}

/// Sleeps that took no time.
final class Naps: Sendable {
  private let taken = Mutex<[Duration]>([])

  var all: [Duration] { taken.withLock { $0 } }

  func take(_ duration: Duration) throws {
    try Task.checkCancellation()
    taken.withLock { $0.append(duration) }
  }
}

extension ModelPrice {
  /// A dollar for a million tokens in, ten for those out.
  static let simple = ModelPrice(input: 1, output: 10)!
}
