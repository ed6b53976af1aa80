import FlowCore
import FlowProjects
import Testing

/// A project into which transcripts are imported.
struct TranscriptBench {
  let folder: ProjectsFolder
  let project: FlowProject

  init(_ name: String = "p") async throws {
    folder = try ProjectsFolder()
    project = try await folder.workspace().newProject(try ProjectName(name))
  }

  @discardableResult
  func add(_ text: String, _ format: TranscriptFormat) async throws(FlowError) -> ImportReceipt {
    try await project.importSteps(from: .bytes(Array(text.utf8), name: "in"), format: format)
  }

  func steps() async throws -> [ArchivedStep] { try await project.steps(StepQuery()) }

  /// `role: content` of all steps.
  func lines() async throws -> [String] {
    try await steps().map {
      "\($0.step.role.rawValue)\($0.step.name.map { " \($0)" } ?? ""): \($0.step.content)"
    }
  }
}

extension ImportReceipt {
  /// `kind×count` of what was left out.
  var kinds: [String] { skipped.map { "\($0.kind)×\($0.count)" } }
}
