package import FlowCore

/// Plans that new projects begin with.
package enum WorkflowTemplate {
  /// The tasks of a workflow.json that may lie anywhere; it is checked as a project's own would be.
  ///
  /// - Throws: `file.not_found`, `storage.read_failed`, and what is wrong with the file, with its place.
  package static func tasks(inFile path: String, for project: ProjectName) throws(FlowError) -> [FlowTask] {
    guard let bytes = try RegularFile.read(path) else {
      throw FlowError(
        .fileNotFound,
        "there is no file \(path.quotedExcerpt)",
        hint: "give the path of a workflow.json, or the name of a project",
        context: ["path": path]
      )
    }
    return try WorkflowCodec(project: project).decode(bytes, file: path.inMessage).tasks
  }
}
