import FlowCore
import FlowTestSupport
import Testing

extension TemporaryRoot {
  /// Runs a command that must fail, for people and with `--json`, and gives back the error's object.
  ///
  /// For people: nothing on standard output, one line on standard error. With `--json`: the envelope alone.
  @discardableResult
  func expectFailure(
    _ arguments: [String],
    exit code: CInt,
    _ name: String,
    input: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> JSONValue {
    let plain = try await flowctl(arguments, input: Array(input.utf8))
    #expect(plain.exitCode == code, "\(plain)", sourceLocation: sourceLocation)
    #expect(plain.output == "", sourceLocation: sourceLocation)
    #expect(plain.errors.hasPrefix("flowctl: "), "\(plain)", sourceLocation: sourceLocation)
    #expect(plain.errors.hasSuffix("\n"), sourceLocation: sourceLocation)
    #expect(plain.errors.split(separator: "\n").count == 1, "\(plain)", sourceLocation: sourceLocation)

    // Before a `--`, behind which everything is an argument.
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    let wantingJSON = arguments[..<end] + ["--json"] + arguments[end...]
    let json = try await flowctl(Array(wantingJSON), input: Array(input.utf8))
    #expect(json.exitCode == code, "\(json)", sourceLocation: sourceLocation)
    #expect(json.errors == "", sourceLocation: sourceLocation)
    #expect(try json.envelope["kind"]?.string == "error", sourceLocation: sourceLocation)
    let error = try json.error
    #expect(error["code"]?.string == name, "\(json)", sourceLocation: sourceLocation)
    #expect(error["message"]?.string?.isEmpty == false, sourceLocation: sourceLocation)
    return error
  }

  /// All files below the root with their bytes, to see that nothing changed.
  func snapshot() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    // SQLite's side files change when a reader comes and goes; the lock names its last holder.
    for name in folder.files() where !["-wal", "-shm", "/.lock"].contains(where: name.hasSuffix) {
      files[name] = try folder.bytes(name)
    }
    return files
  }
}

extension JSONValue {
  /// The texts under a key of each element, such as the ids of tasks.
  func texts(_ key: String) -> [String] { (array ?? []).compactMap { $0[key]?.string } }

  /// The whole numbers under a key of each element.
  func numbers(_ key: String) -> [Int] { (array ?? []).compactMap { $0[key]?.int } }
}
