import FlowCore
import FlowTestSupport
import Glibc

/// Documents, and whether a schema of docs/schemas must take them; Python's jsonschema judges.
struct SchemaChecker {
  static let schemas = "\(SampleProject.repository)/docs/schemas"
  private static let script = "\(SampleProject.repository)/Scripts/check_schemas.py"

  private let folder = TemporaryFolder()
  private var cases: [JSONValue] = []

  /// Adds a document, or one a line where `isLines`.
  mutating func add(_ document: [UInt8], schema: String, name: String, valid: Bool, isLines: Bool = false)
    throws
  {
    let file = "\(cases.count).\(isLines ? "jsonl" : "json")"
    try folder.write(document, to: file)
    cases.append(
      [
        "name": .string(name), "schema": .string(schema), "file": .string(folder(file)),
        "valid": .bool(valid),
      ]
    )
  }

  /// What came out otherwise, one a line; empty if nothing did.
  func failures() async throws -> String {
    guard let python = await Self.python else {
      throw ProcessError("python3 with the package jsonschema is not here; `make test` installs it")
    }
    let plan: JSONValue = ["schemas": .string(Self.schemas), "cases": .array(cases)]
    try folder.write(plan.serialized(.compact), to: "cases")
    let outcome = try await FlowctlProcess.run(
      [Self.script, folder("cases")],
      in: folder.path,
      executable: python
    )
    return outcome.exitCode == 0 ? "" : "\(outcome.output)\(outcome.errors)"
  }

  /// Where the package is missing, the tests that need it are left out, but not where nobody would see that.
  static var isWanted: Bool {
    get async {
      if getenv("CI").map({ String(cString: $0) }) == "true" { return true }
      return await python != nil
    }
  }

  /// A Python that has the package: the one in the PATH, or the system's.
  private static var python: String? {
    get async {
      let path = getenv("PATH").map { String(cString: $0) } ?? ""
      let folders = path.split(separator: ":").map(String.init) + ["/usr/bin"]
      for program in folders.map({ "\($0)/python3" }) where access(program, X_OK) == 0 {
        let probe = try? await FlowctlProcess.run([script, "--probe"], in: "/", executable: program)
        if probe?.exitCode == 0 { return program }
      }
      return nil
    }
  }

  /// A schema's JSON.
  static func schema(_ name: String) async throws -> JSONValue {
    let file = "\(schemas)/\(name).schema.json"
    return try JSONValue(
      parsing: try await FlowctlProcess.run([file], in: "/", executable: "/bin/cat").expect(0).bytes
    )
  }
}
