package import FlowCore
import Synchronization

/// A model that answers as it is told, and remembers what it was asked.
package final class ScriptedChat: ChatModel {
  package typealias Script =
    @Sendable (_ request: ChatRequest, _ number: Int) async throws(FlowError) -> String

  package let name: String
  private let price: ModelPrice?
  private let script: Script
  private let asked = Mutex<[ChatRequest]>([])

  /// - Parameter script: gets the number of the call, from 1.
  package init(
    name: String = "scripted",
    price: ModelPrice? = nil,
    _ script: @escaping Script
  ) {
    self.name = name
    self.price = price
    self.script = script
  }

  package var requests: [ChatRequest] { asked.withLock { $0 } }

  package func answer(
    _ request: ChatRequest,
    spending: any SpendingMeter
  ) async throws(FlowError) -> ChatAnswer {
    let prompt = request.system.utf8.count + request.message.utf8.count
    let most = price?.most(promptTokens: prompt, outputTokens: request.maxTokens) ?? .zero
    try spending.reserve(most)
    let number = asked.withLock { asked in
      asked.append(request)
      return asked.count
    }
    do throws(FlowError) {
      let text = try await script(request, number)
      let usage = TokenUsage(input: prompt / 4, output: text.utf8.count / 4)
      let attempt = CallAttempt(
        model: name,
        outcome: .answered,
        usage: usage,
        cost: price.map { $0.cost(of: usage) }
      )
      spending.settle(attempt, reserved: most)
      return ChatAnswer(text: text, model: name, usage: usage, attempts: 1)
    } catch {
      spending.settle(
        CallAttempt(model: name, outcome: .refused, usage: nil, cost: price.map { _ in .zero }),
        reserved: most
      )
      throw error
    }
  }

  /// Bullets that say the first words of each record that a request quotes.
  package static func bullets(for request: ChatRequest) -> String {
    var lines: [String] = []
    var head: Substring?
    for line in request.message.split(separator: "\n") {
      if line.hasPrefix("| "), let id = head {
        lines.append("- \(line.dropFirst(2).split(separator: " ").prefix(6).joined(separator: " ")) [\(id)]")
        head = nil
      } else if line.hasPrefix("s"), line.contains(" · ") {
        head = line.prefix { $0 != " " }
      }
    }
    return lines.joined(separator: "\n")
  }
}
