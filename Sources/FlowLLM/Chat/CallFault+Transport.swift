import FlowCore

extension CallFault {
  /// What it means that nothing came, or not all.
  init(_ fault: HTTPFault, from peer: Peer, timeoutSeconds: Double) {
    let said = peer.words.excerpt(fault.message, limit: 300)
    // What never left cannot have been charged; of the rest nobody knows.
    let outcome = fault.isUnsent ? CallAttempt.Outcome.refused : .unknown
    switch fault.kind {
    case .libraryMissing:
      self.init(
        FlowError(.libraryMissing, said, hint: "install libcurl (Debian: libcurl4)"),
        outcome: .refused,
        verdict: .nothing
      )
    case .unreachable:
      self.init(
        peer.error(
          .modelUnreachable,
          said,
          hint: "check llm.baseURL, and that the endpoint is running"
        ),
        isRepeatable: true,
        outcome: outcome,
        verdict: .ill
      )
    case .untrusted:
      self.init(
        peer.error(
          .modelUntrusted,
          said,
          hint: "set llm.caFile where its certificate comes from an authority of your own; nothing was sent"
        ),
        outcome: outcome,
        verdict: .closed
      )
    case .handshake:
      self.init(
        peer.error(.modelUnreachable, said),
        isRepeatable: true,
        outcome: outcome,
        verdict: .ill
      )
    case .timedOut:
      self.init(
        peer.error(
          .modelTimedOut,
          "\(peer.label) did not answer within \(Self.seconds(timeoutSeconds)): \(said)",
          hint: "raise llm.timeoutSeconds if the model is slow"
        ),
        isRepeatable: true,
        outcome: outcome,
        verdict: .ill
      )
    case .cut:
      self.init(
        peer.error(.modelUnreachable, said),
        isRepeatable: true,
        outcome: outcome,
        verdict: .ill
      )
    case .tooLarge:
      self.init(
        peer.error(.answerTooLarge, said),
        outcome: .unusable,
        verdict: .well
      )
    case .cancelled:
      self.init(
        peer.error(.modelCancelled, "the call to \(peer.label) was cancelled"),
        outcome: outcome,
        verdict: .nothing
      )
    case .refused:
      self.init(
        peer.error(.modelRejected, said),
        outcome: outcome,
        verdict: .nothing
      )
    }
  }

  /// `120 s`, `0.5 s`.
  static func seconds(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value)) s" : "\(value) s"
  }
}
