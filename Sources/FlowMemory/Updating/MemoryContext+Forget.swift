public import FlowCore

extension MemoryContext {
  /// Forgets what steps said, for the day a secret was pasted.
  ///
  /// A mark that says when and why takes the place of their content, and their meta is emptied. Id, time, role, name,
  /// task, ref and pin stay.
  ///
  /// What people edited in the readable summaries is adopted first, so that it is forgotten like the rest. Then one
  /// transaction replaces the contents, indexes them anew, and makes all summaries that cover the steps anew from
  /// what is there now, without their earlier versions. Then the readable summaries are written and what was replaced
  /// is overwritten in the storage. A step that was forgotten before is left as it is.
  ///
  /// - Parameter reason: is put on one line and cut to 200 characters; it must not repeat what it is about.
  /// - Throws: `step.not_found` where one of them is not there, `argument.invalid` for a reason that cannot be used:
  ///   nothing has changed then; `project.locked`, `storage.write_failed`.
  public func forget(_ ids: [StepID], reason: String) async throws(FlowError) -> ForgetReceipt {
    try await adoptEdits()
    try await renderSummaries()
    let receipt = try await replaceContents(of: ids, reason: reason)
    try await renderSummaries()
    return await erased(receipt)
  }

  /// What forgetting these steps would do.
  ///
  /// - Throws: as `forget`.
  package func forgetPlan(_ ids: [StepID], reason: String) async throws(FlowError) -> ForgetPlan {
    let forgetter = try forgetter(reason)
    return try await archive.read { memory throws(FlowError) in try forgetter.plan(ids, in: memory) }
  }

  /// The transaction of `forget`.
  package func replaceContents(of ids: [StepID], reason: String) async throws(FlowError) -> ForgetReceipt {
    let forgetter = try forgetter(reason)
    // Postings are taken out by the terms that the step would be indexed under today.
    try await rebuildIndexIfOutdated()
    return try await archive.write { memory throws(FlowError) in try forgetter.forget(ids, in: memory) }
  }

  /// The receipt, once what was replaced has been overwritten or could not be.
  package func erased(_ receipt: ForgetReceipt) async -> ForgetReceipt {
    var failure: FlowError?
    do throws(FlowError) { try await archive.eraseDeleted() } catch { failure = error }
    return ForgetReceipt(
      steps: receipt.steps,
      already: receipt.already,
      summaries: receipt.summaries,
      notErased: failure
    )
  }

  private func forgetter(_ reason: String) throws(FlowError) -> StepForgetter {
    let now = clock.now()
    return StepForgetter(writer: writer, mark: try ForgottenMark(date: now.date, reason: reason), now: now)
  }
}
