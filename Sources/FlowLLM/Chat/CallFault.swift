import FlowCore

/// Why an attempt gave no answer, and what may be done about it.
struct CallFault: Error, Sendable {
  /// What it says about the endpoint, rather than about this one request.
  enum Verdict: Sendable, Equatable {
    /// Nothing at all.
    case nothing
    /// It is up, and had its reasons.
    case well
    /// It asks for patience.
    case busy
    /// It is not able to answer now.
    case ill
    /// It will not answer any request of ours until somebody does something about it.
    case closed
  }

  var error: FlowError
  /// Whether the same request may be sent again.
  var isRepeatable: Bool
  /// How long the endpoint wants to be left alone before that; nil where it does not say.
  var wait: Duration?
  /// What it means for what the attempt cost.
  var outcome: CallAttempt.Outcome
  var verdict: Verdict
  /// What the endpoint says that it charges for this.
  var usage: TokenUsage?
  /// Names of the field that bounds the answer which it does not take.
  var refusedFields: Set<TokenField> = []

  init(
    _ error: FlowError,
    isRepeatable: Bool = false,
    wait: Duration? = nil,
    outcome: CallAttempt.Outcome,
    verdict: Verdict,
    usage: TokenUsage? = nil
  ) {
    self.error = error
    self.isRepeatable = isRepeatable
    self.wait = wait
    self.outcome = outcome
    self.verdict = verdict
    self.usage = usage
  }
}

/// Who is spoken to, for messages.
struct Peer: Sendable {
  let model: String
  let host: String
  let words: ServerWords

  /// `'gpt-5' at api.openai.com`.
  var label: String { "\(model.quotedExcerpt) at \(host.excerpt(limit: 80))" }

  /// An error about it.
  func error(
    _ code: FlowError.Code,
    _ message: String,
    hint: String? = nil,
    context: [String: String] = [:]
  ) -> FlowError {
    let known = ["model": model.excerpt(limit: 80), "host": host.excerpt(limit: 80)]
    return FlowError(code, message, hint: hint, context: known.merging(context) { _, own in own })
  }
}
