import FlowCore
import FlowTestSupport
import Glibc
import Testing

@Suite(.timeLimit(.minutes(15)))
struct `Global options` {
  /// The project whose status comes.
  private func project(_ root: TemporaryRoot, _ arguments: [String] = []) async throws -> String? {
    try await root.flowctl(arguments + ["status", "--json"]).expect(0).data["project"]?.string
  }

  @Test(arguments: [
    ["--project", "one", "status"], ["status", "--project", "one"], ["--project=one", "status"],
    ["status", "--project=one"], ["--quiet", "--project", "one", "--verbose", "status"],
  ])
  func `stand before or after the command`(_ line: [String]) async throws {
    let root = try await twoProjects()
    #expect(try await root.flowctl(line + ["--json"]).expect(0).data["project"]?.string == "one")
    #expect(try await root.flowctl(["--json"] + line).expect(0).data["project"]?.string == "one")
  }

  @Test func `stand before a group, between its names, or after them`() async throws {
    let root = try await twoProjects()
    try await root.text("add-task", "only here", "--project", "one")
    for line in [
      ["--project", "one", "--json", "task", "list"], ["task", "--project", "one", "list", "--json"],
      ["task", "list", "--json", "--project", "one"],
    ] {
      #expect(try await root.flowctl(line).expect(0).data["tasks"]?.texts("name") == ["only here"], "\(line)")
    }
  }

  @Test func `an argument behind two dashes is never an option`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-step", "--", "--json")
    #expect(try await root.data("steps")["steps"]?.texts("content") == ["--json"])
    try await root.text("--quiet", "add-step", "--", "--project")
    #expect(try await root.data("steps")["steps"]?.texts("content") == ["--json", "--project"])
  }

  @Test func `the project is the option's, else the variable's, else the active one`() async throws {
    var root = try await twoProjects()
    #expect(try await project(root) == "two")
    root.environment["FLOW_PROJECT"] = "one"
    #expect(try await project(root) == "one")
    #expect(try await project(root, ["--project", "two"]) == "two")
    root.environment["FLOW_PROJECT"] = ""
    #expect(try await project(root) == "two")
  }

  @Test func `the root is the option's, else the variable's, else the nearest upwards`() async throws {
    var root = try await TemporaryRoot(project: "near")
    try await root.text("new", "far", "--root", "elsewhere")
    #expect(root.folder.exists("elsewhere/far/workflow.json"))
    #expect(try await project(root) == "near")
    root.environment["FLOW_ROOT"] = root.folder("elsewhere")
    #expect(try await project(root) == "far")
    #expect(try await project(root, ["--root", "projects"]) == "near")
    #expect(try await project(root, ["--root", "projects/"]) == "near")
  }

  @Test func `the nearest root that was used is found from below`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    // A folder of that name that Flow has not used is passed over.
    root.folder.makeFolder("a/b/projects/unrelated")
    for place in ["a", "a/b", "a/b/projects/unrelated", "projects/demo"] {
      let outcome = try await FlowctlProcess.run(["status", "--json"], in: root.folder(place))
      #expect(try outcome.expect(0).data["project"]?.string == "demo", "\(place)")
    }
  }

  @Test(.enabled(if: rootAbove() == nil, "a root above the temporary folder would be taken"))
  func `where no root was used one is made here`() async throws {
    let folder = TemporaryFolder()
    try await FlowctlProcess.run(["new", "first"], in: folder.path).expect(0)
    #expect(folder.exists("projects/first/workflow.json"))
    #expect(try folder.text("projects/.active") == "first\n")
  }

  @Test func `the configuration beside the root counts, and the named one before it`() async throws {
    var root = try await TemporaryRoot(project: "demo")
    try root.folder.write(#"{"context":{"budget":700}}"#, to: "config.json")
    try root.folder.write(#"{"context":{"budget":900}}"#, to: "other.json")
    #expect(try await root.data("context", "--query", "q")["budget"] == 700)
    #expect(try await root.data("context", "--query", "q", "--config", "other.json")["budget"] == 900)
    root.environment["FLOW_CONTEXT_BUDGET"] = "1100"
    #expect(try await root.data("context", "--query", "q", "--config", "other.json")["budget"] == 1100)
    #expect(try await root.data("context", "--query", "q", "--budget", "500")["budget"] == 500)
  }

  @Test func `a configured root is meant from the file's folder`() async throws {
    let root = TemporaryRoot()
    try root.folder.write(#"{"projectsRoot":"data/flow"}"#, to: "etc/config.json")
    try await root.text("new", "demo", "--config", "etc/config.json")
    #expect(root.folder.exists("etc/data/flow/demo/workflow.json"))
  }

  @Test func `quiet leaves only results, verbose adds to standard error alone`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    let plain = try await root.flowctl(["steps"]).expect(0)
    #expect(plain.output == "")
    #expect(plain.errors != "")
    #expect(try await root.flowctl(["steps", "--quiet"]).expect(0).errors == "")
    let verbose = try await root.flowctl(["add-step", "x", "--verbose"]).expect(0)
    #expect(verbose.output == "s1\n")
    #expect(verbose.errors.contains(root.path))
  }

  @Test func `text of a dash or of nothing is standard input`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-step", "-", input: "from a pipe\n")
    try await root.text("add-step", input: "without the dash")
    try await root.text("cache", "set", "k", "-", input: "a value")
    #expect(
      try await root.data("steps")["steps"]?.texts("content") == ["from a pipe\n", "without the dash"]
    )
    #expect(try await root.data("cache", "get", "k")["value"] == "a value")
    try await root.expectFailure(["import", "-"], exit: 65, "json.invalid", input: "{\n")
  }

  @Test func `nothing asks where standard input is no terminal`() async throws {
    let root = try await twoProjects()
    let outcome = try await root.flowctl(["rm", "one"]).expect(0)
    #expect(!outcome.errors.contains("[y/N]"))
    #expect(!root.folder.exists("projects/one"))
    try await root.text("cache", "clear")
  }

  private func twoProjects() async throws -> TemporaryRoot {
    let root = try await TemporaryRoot(project: "one")
    try await root.text("new", "two")
    return root
  }
}

/// A root in use above the folder for temporary files, which searches would find.
private func rootAbove() -> String? {
  var folder = TemporaryFolder().path[...]
  while let slash = folder.lastIndex(of: "/") {
    folder = folder[..<slash]
    let candidate = "\(folder)/projects/.active"
    if access(candidate, F_OK) == 0 { return candidate }
  }
  return nil
}
