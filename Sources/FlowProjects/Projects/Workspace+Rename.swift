public import FlowCore
import FlowStore

extension Workspace {
  /// Gives a project another name, and its folder with it; it stays the active one if it was.
  ///
  /// Projects of the old name that this or another process has open fail from then on with `project.not_found`.
  ///
  /// - Throws: `project.not_found`; `project.exists` where the name, in any spelling, is taken; `project.locked`,
  ///   `storage.write_failed`, and what is wrong with the plan: the project has its old name then.
  @discardableResult
  public func renameProject(_ name: ProjectName, to newName: ProjectName) async throws(FlowError)
    -> FlowProject
  {
    let old = try await checkRename(name, to: newName)
    let wasActive = try await activeName() == old
    let before = project(old)
    let recorded = await before.recordedEvents(before.installedHooks())
    try await wiring.workflowStore(folder: folder(of: old), project: old)
      .rename(to: newName, folder: folder(of: newName), user: wiring.user)
    forgetActiveProject(named: old, in: root)
    // A crash before this leaves a name in `.active` that no project has, as after the removal of a project by hand:
    // commands say so, and `switch` sets it right.
    if wasActive { try await setActive(newName) }
    let renamed = project(newName)
    let facts: JSONObject = ["from": .string(old.rawValue), "project": .string(newName.rawValue)]
    await renamed.tell(renamed.installedHooks(), ofNote: .renameProject, facts, after: recorded)
    return renamed
  }

  /// Checks, changing nothing, that a project could be given another name, and returns its present one as its folder
  /// has it.
  ///
  /// - Throws: `project.not_found`, `project.exists`.
  @discardableResult
  public func checkRename(_ name: ProjectName, to newName: ProjectName) async throws(FlowError) -> ProjectName
  {
    try newName.refuseReserved()
    let old = try await spelling(of: name)
    // Also another spelling of the project's own name is refused: no one could tell the two apart.
    if newName.rawValue == old.rawValue {
      throw FlowError(
        .projectExists,
        "the project \(old.rawValue.quotedExcerpt) has that name already",
        hint: "choose another name",
        context: ["project": old.rawValue]
      )
    }
    try await refuseTaken(newName)
    let folder = folder(of: newName)
    guard await wiring.queue.run({ Folder.isFree(folder) }) else { throw FlowError.taken(newName, folder) }
    return old
  }

  /// Two spellings of one name (composed, decomposed) would be two folders that no one can tell apart.
  ///
  /// - Throws: `project.exists`.
  func refuseTaken(_ name: ProjectName) async throws(FlowError) {
    guard let twin = try await listProjects().first(where: { $0.rawValue == name.rawValue }) else { return }
    throw FlowError(
      .projectExists,
      "there is already a project \(twin.rawValue.quotedExcerpt)",
      hint: "`flowctl switch` makes it active; `flowctl rm` removes it",
      context: ["project": twin.rawValue]
    )
  }
}
