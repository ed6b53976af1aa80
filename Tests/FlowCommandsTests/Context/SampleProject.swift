import FlowCore
import FlowTestSupport

/// The repository's sample project, in a root of a test's own.
enum SampleProject {
  /// The repository's folder, from where this file lies.
  static let repository = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4)
    .joined(separator: "/")

  /// A root in which the sample's plan stands and its transcript is archived.
  static func make() async throws -> TemporaryRoot {
    let root = TemporaryRoot()
    let plan = try await FlowctlProcess.run(
      ["\(repository)/projects/sample/workflow.json"],
      in: root.folder.path,
      executable: "/bin/cat"
    )
    try root.folder.write(plan.bytes, to: "projects/sample/workflow.json")
    try await root.text("switch", "sample")
    try await root.text("import", "\(repository)/projects/sample/transcript.jsonl")
    return root
  }

  /// The contents of its steps by id.
  static func contents(_ root: TemporaryRoot) async throws -> [Int: String] {
    let steps = try await root.data("steps", "--range", "1-100000")["steps"]?.array ?? []
    return Dictionary(uniqueKeysWithValues: steps.map { ($0["id"]!.int!, $0["content"]!.string!) })
  }
}
