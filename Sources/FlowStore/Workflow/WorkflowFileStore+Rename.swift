package import FlowCore

// A project's name is its folder's name; workflow.json repeats it for people. So the folder moves first, in one
// system call that never replaces anything, and the rest follows:
//
//     killed before the move         nothing has happened
//     killed after it                the project has its new name; workflow.json says the old one, which no reader
//                                    looks at, until the file is written again
//
// The project's lock is held on an open file within the folder, which moves along. Whoever waits for it under the old
// name finds no such folder when it is their turn, and whoever comes under the new one waits.

extension WorkflowFileStore {
  /// Moves the project to another folder, whose name is its new name, and records that as an event.
  ///
  /// This store is of no use afterwards.
  ///
  /// - Throws: `project.exists` where there is something at `folder`; `project.locked`, `storage.write_failed`, and
  ///   what is wrong with the plan: the project has its old name then.
  package func rename(to name: ProjectName, folder: String, user: String) async throws(FlowError) {
    let (files, lock, clock) = (files, lock, clock)
    try await writers.run { () throws(FlowError) in
      try lock.withLock { () throws(FlowError) in
        // A plan that cannot be read could not be recorded after the move.
        try files.caughtUp().workflow.validate()
        guard try Folder.move(files.folder, to: folder) else { throw FlowError.taken(name, folder) }
        let moved = WorkflowFiles(
          folder: folder,
          codec: WorkflowCodec(project: name),
          backupsKept: files.backupsKept
        )
        do throws(FlowError) {
          let snapshot = try moved.caughtUp()
          let change = WorkflowFiles.Change(
            kind: .renameProject,
            user: user,
            ts: clock.now(),
            facts: ["from": .string(files.codec.project.rawValue), "project": .string(name.rawValue)]
          )
          // No task changes; what is written is the file with the project's new name.
          _ = try moved.commit(snapshot.workflow, after: snapshot, change)
        } catch {
          // Where it cannot move back either, it keeps the new name, as after a crash.
          _ = try? Folder.move(folder, to: files.folder)
          throw error
        }
      }
    }
  }
}

extension FlowError {
  /// There is something where a project's folder is to be.
  package static func taken(_ name: ProjectName, _ folder: String) -> FlowError {
    FlowError(
      .projectExists,
      "the name \(name.rawValue.quotedExcerpt) is taken: there is \(folder.inMessage)",
      hint: "choose another name",
      context: ["project": name.rawValue]
    )
  }
}
