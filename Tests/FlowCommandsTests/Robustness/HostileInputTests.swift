import FlowTestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct `Hostile inputs` {
  @Test func `each is refused with nothing changed, or taken as it is`() async throws {
    let folder = TemporaryFolder()
    let outcome = try await FlowctlProcess.run(
      [
        "python3", "-B", "\(SampleProject.repository)/Benchmarks/hostile.py",
        "--flowctl", try BuiltProducts.path(of: "flowctl"),
      ],
      in: folder.path,
      executable: "/usr/bin/env",
      within: 800
    )
    #expect(outcome.exitCode == 0, "\(outcome.output.split(separator: "\n").filter { $0.contains("WRONG") })")
    #expect(outcome.output.contains(", 0 wrong"), "\(outcome) in \(folder.path)")
  }
}
