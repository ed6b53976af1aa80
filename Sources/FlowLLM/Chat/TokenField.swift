import FlowCore
import Synchronization

/// The field of a request that bounds the answer.
enum TokenField: String, Sendable, CaseIterable {
  case maxTokens = "max_tokens"
  case maxCompletionTokens = "max_completion_tokens"

  var other: TokenField { self == .maxTokens ? .maxCompletionTokens : .maxTokens }
}

/// Which field an endpoint takes, as far as that is known.
///
/// OpenAI's reasoning models refuse `max_tokens`, and older servers do not know `max_completion_tokens`. Which it is only
/// shows in an answer: the field is changed once at most, so that an endpoint that refuses both is not asked for ever.
final class TokenFieldChoice: Sendable {
  private let state: Mutex<(field: TokenField, isFinal: Bool)>

  init(_ setting: ModelSettings.MaxTokensField, host: String) {
    let field: TokenField =
      switch setting {
      case .auto: host == "api.openai.com" ? .maxCompletionTokens : .maxTokens
      case .maxTokens: .maxTokens
      case .maxCompletionTokens: .maxCompletionTokens
      }
    state = Mutex((field, setting != .auto))
  }

  var current: TokenField { state.withLock { $0.field } }

  /// The field to try after one was refused; nil where there is no other to try.
  func afterRefusal(of field: TokenField) -> TokenField? {
    state.withLock { state in
      // Another call has changed it in the meantime.
      if state.field != field { return state.field }
      guard !state.isFinal else { return nil }
      state = (field.other, true)
      return field.other
    }
  }
}
