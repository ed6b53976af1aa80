import FlowCore

/// Why an answer is no summary of its source.
struct AnswerFault: Error, Sendable, Equatable {
  /// Stable names for what was wrong.
  enum Kind: String, Sendable, CaseIterable {
    /// Lines that are no bullets.
    case prose
    /// A bullet without the steps it comes from.
    case noAnchor = "no_anchor"
    /// An anchor that lies elsewhere.
    case foreignAnchor = "foreign_anchor"
    /// Numbers, dates, paths and the like that the source does not have.
    case invented
    /// Words that have nothing to do with the steps that it names.
    case ungrounded
    /// Nearly all steps are passed over.
    case uncovered
    case tooLong = "too_long"
    case nothing
  }

  let kind: Kind
  /// A sentence for the model, with a full stop; it may quote its answer.
  let sentence: String

  /// What may be kept and shown: without any content.
  var reason: String {
    switch kind {
    case .prose: "it answered in prose, not in bullets"
    case .noAnchor: "a bullet does not name its steps"
    case .foreignAnchor: "a bullet names steps that it was not asked about"
    case .invented: "it names numbers or identifiers that its source does not have"
    case .ungrounded: "a bullet says what its steps do not say"
    case .uncovered: "it passes over nearly all steps"
    case .tooLong: "it is far too long"
    case .nothing: "it says nothing"
    }
  }

  /// The error for the second fault in a row.
  func error(of model: String, about what: String, after first: AnswerFault) -> FlowError {
    let before = first.kind == kind ? "twice" : "and before that: \(first.reason)"
    return FlowError(
      .answerUnfit,
      "\(model.excerpt(limit: 80)) gave no fit summary of \(what): \(reason), \(before)",
      hint: "another model or prompt may do better",
      context: ["reason": kind.rawValue, "model": model.excerpt(limit: 80)]
    )
  }
}
