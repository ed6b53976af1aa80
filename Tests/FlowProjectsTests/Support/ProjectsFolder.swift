import FlowCore
import FlowProjects
import Foundation
import Testing

/// A temporary folder that holds a root of projects, gone with its last reference.
final class ProjectsFolder: Sendable {
  let path: String
  var root: String { "\(path)/projects" }

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("flow-root-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func workspace(
    _ config: FlowConfig = FlowConfig(),
    project: ProjectName? = nil,
    clock: any FlowClock = StillClock()
  ) -> Workspace {
    Workspace(root: root, config: config, project: project, user: "tester", clock: clock)
  }

  func write(_ text: String, to name: String) throws {
    let url = URL(fileURLWithPath: "\(path)/\(name)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data(text.utf8).write(to: url)
  }

  /// Writes at the end of a file that is there, and says whether it could.
  func append(_ text: String, to name: String) -> Bool {
    guard let file = FileHandle(forWritingAtPath: "\(path)/\(name)"), (try? file.seekToEnd()) != nil else {
      return false
    }
    return (try? file.write(contentsOf: Data(text.utf8))) != nil
  }

  /// Writes a file anew where it lies: whoever has it open sees the new bytes.
  func overwrite(_ text: String, in name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"), options: [])
  }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
  }

  /// Gives a file or folder another name.
  func move(_ name: String, to new: String) throws {
    try FileManager.default.moveItem(atPath: "\(path)/\(name)", toPath: "\(path)/\(new)")
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }
}

/// A clock that stands.
struct StillClock: FlowClock {
  static let time = Timestamp(iso8601: "2024-04-12T08:15:20Z")!

  func now() -> Timestamp { StillClock.time }
}

/// Expects an error of Flow's with a code, and gives it back.
@discardableResult
func flowError<Value>(
  _ code: FlowError.Code,
  sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () async throws -> Value
) async throws -> FlowError {
  let error = try await #require(throws: FlowError.self, sourceLocation: sourceLocation) {
    _ = try await body()
  }
  #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
  return error
}
