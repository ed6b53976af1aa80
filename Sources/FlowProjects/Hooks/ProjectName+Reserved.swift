import FlowCore

extension ProjectName {
  /// Refuses the name of the root's folder of hooks, in any case: some file systems do not tell them apart.
  ///
  /// - Throws: `project.name_invalid`.
  func refuseReserved() throws(FlowError) {
    guard rawValue.lowercased() == HookFolder.name else { return }
    throw FlowError(
      .invalidProjectName,
      "the project name \(rawValue.quotedExcerpt) is taken: the root's hooks lie in a folder of that name",
      hint: "choose another name"
    )
  }
}
