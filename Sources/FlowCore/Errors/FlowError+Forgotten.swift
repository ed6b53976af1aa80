extension FlowError {
  /// A ref is that of a step that was forgotten: what it said must not come back unnoticed.
  package static func forgotten(ref: String, _ id: StepID, _ mark: ForgottenMark) -> FlowError {
    FlowError(
      .stepConflict,
      "the ref \(ref.quotedExcerpt) is that of \(id), which was forgotten on \(mark.date): \(mark.reason)",
      hint: "leave the step out, or give it another ref if it is to be stored after all",
      context: ["ref": ref, "step": id.description, "forgotten": mark.date.description]
    )
  }
}
