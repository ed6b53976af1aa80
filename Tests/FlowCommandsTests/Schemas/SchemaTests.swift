import FlowCore
import FlowTestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct `JSON schemas` {
  @Test(.enabled("python3 with the package jsonschema is not here") { await SchemaChecker.isWanted })
  func `take what every command prints and writes, and refuse what is wrong`() async throws {
    var checker = SchemaChecker()
    let root = try await SampleProject.make()
    // Not executable: `trust` tells of it, and nothing runs.
    try root.folder.write("#!/bin/sh\n", to: "projects/sample/hooks/before_save")
    try root.folder.write("", to: "projects/sample/hooks/notes")
    var kinds: Set<String> = []
    for (name, outcome) in try await CommandTour.outputs(in: root) {
      kinds.insert(try outcome.envelope["kind"]?.string ?? "")
      #expect(outcome.bytes.count { $0 == UInt8(ascii: "\n") } == 1, "\(name)")
      try checker.add(outcome.bytes, schema: "envelope", name: name, valid: true)
    }
    let listed = try await SchemaChecker.schema("envelope")["properties"]?["kind"]?["enum"]?.array
    #expect(
      Set(try #require(listed).compactMap(\.string)) == kinds,
      "kinds that no command printed, or the reverse"
    )

    for project in ["sample", "second"] {
      let files = [
        ("workflow", "workflow.json"), ("history", "workflow_history.json"),
        ("results", "cache/results_cache.json"),
      ]
      for (schema, file) in files {
        let bytes = try root.folder.bytes("projects/\(project)/\(file)")
        try checker.add(bytes, schema: schema, name: "\(project)/\(file)", valid: true)
      }
    }
    try checker.add(
      try await root.flowctl(["export"]).expect(0).bytes,
      schema: "step",
      name: "export",
      valid: true,
      isLines: true
    )
    for (schema, documents) in [
      ("workflow", SchemaDocuments.workflows), ("config", SchemaDocuments.configs),
      ("step", SchemaDocuments.steps),
      ("history", SchemaDocuments.histories), ("results", SchemaDocuments.results),
      ("envelope", SchemaDocuments.envelopes),
    ] {
      for document in documents {
        try checker.add(
          Array(document.json.utf8),
          schema: schema,
          name: document.json,
          valid: document.isValid
        )
      }
    }
    for (schema, path) in [
      ("config", "config.example.json"), ("workflow", "projects/sample/workflow.json"),
    ] {
      let bytes = try await FlowctlProcess.run(
        ["\(SampleProject.repository)/\(path)"],
        in: root.folder.path,
        executable: "/bin/cat"
      )
      .expect(0).bytes
      try checker.add(bytes, schema: schema, name: path, valid: true)
    }
    let failures = try await checker.failures()
    #expect(failures == "")
  }

  @Test func `every command is called for them`() async throws {
    let root = TemporaryRoot()
    var open: [[String]] = [[]]
    while let path = open.popLast() {
      let inner = Help.subcommands(in: try await root.flowctl(path + ["--help"]).expect(0).output)
      if inner.isEmpty { #expect(CommandTour.visits(path), "\(path.joined(separator: " "))") }
      open += inner.filter { $0 != "help" }.map { path + [$0] }
    }
  }

  @Test(arguments: SchemaDocuments.workflows.indices)
  func `a plan is judged as its schema judges it`(index: Int) async throws {
    let document = SchemaDocuments.workflows[index]
    let root = TemporaryRoot()
    try root.folder.write(document.json, to: "projects/p/workflow.json")
    let outcome = try await root.flowctl(["task", "list", "--project", "p", "--json"])
    #expect(outcome.exitCode == (document.isValid ? 0 : 65), "\(document.json): \(outcome)")
  }

  @Test func `a configuration is judged as its schema judges it`() async throws {
    let root = TemporaryRoot()
    for document in SchemaDocuments.configs {
      try root.folder.write(document.json, to: "config.json")
      let outcome = try await root.flowctl(["config", "show", "--json"])
      #expect(outcome.exitCode == (document.isValid ? 0 : 78), "\(document.json): \(outcome)")
    }
  }

  @Test func `a step is judged as its schema judges it`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    for document in SchemaDocuments.steps {
      let outcome = try await root.flowctl(["import", "-", "--json"], input: Array(document.json.utf8))
      #expect(outcome.exitCode == (document.isValid ? 0 : 65), "\(document.json): \(outcome)")
    }
  }

  @Test func `the list of error codes is complete, in the schema and in docs-formats`() async throws {
    let codes = FlowError.Code.allCases.map(\.rawValue)
    let listed = try await SchemaChecker.schema("envelope")["$defs"]?["errorCode"]?["enum"]?.array
    #expect(try #require(listed).compactMap(\.string) == codes)
    let page = try await FlowctlProcess.run(
      ["\(SampleProject.repository)/docs/formats.md"],
      in: "/",
      executable: "/bin/cat"
    )
    .expect(0).output
    for code in codes { #expect(page.contains("\n| `\(code)` | "), "\(code)") }
  }

  @Test func `every kind stands in docs-formats`() async throws {
    let kinds = try await SchemaChecker.schema("envelope")["properties"]?["kind"]?["enum"]?.array ?? []
    let page = try await FlowctlProcess.run(
      ["\(SampleProject.repository)/docs/formats.md"],
      in: "/",
      executable: "/bin/cat"
    )
    .expect(0).output
    #expect(kinds.count > 20)
    for kind in kinds.compactMap(\.string) where kind != "error" {
      #expect(page.contains(" | `\(kind)` | "), "\(kind)")
    }
  }
}
