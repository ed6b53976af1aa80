import FlowCore
import Glibc
import Testing

@testable import FlowStore

/// A folder of a test's own, removed with all that is in it when the last reference goes.
final class ScratchFolder: Sendable {
  let path: String

  init() throws {
    // In memory where there is such a place: these tests wait for the disk thousands of times.
    let base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    var template = Array("\(base)/flow-test-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    Self.remove(path)
  }

  /// The path of something in the folder.
  func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

  func write(_ text: String, to name: String) throws {
    try AtomicFile.write(Array(text.utf8), to: self(name))
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    try AtomicFile.write(bytes, to: self(name))
  }

  func bytes(_ name: String) throws -> [UInt8] {
    try #require(try RegularFile.read(self(name)))
  }

  func text(_ name: String) throws -> String {
    String(decoding: try bytes(name), as: UTF8.self)
  }

  func exists(_ name: String) -> Bool { access(self(name), F_OK) == 0 }

  private static func remove(_ path: String) {
    var status = stat()
    if lstat(path, &status) == 0, status.isFolder {
      for name in Folder.names(in: path) { remove("\(path)/\(name)") }
      rmdir(path)
    } else {
      unlink(path)
    }
  }
}

/// Expects an error of Flow's with a code, and gives it back.
@discardableResult
func expectFlowError<Value>(
  _ code: FlowError.Code,
  sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () async throws -> Value
) async -> FlowError? {
  do {
    _ = try await body()
    Issue.record("expected \(code.rawValue), but nothing was thrown", sourceLocation: sourceLocation)
  } catch let error as FlowError {
    #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
    return error
  } catch {
    Issue.record("expected \(code.rawValue), but caught \(error)", sourceLocation: sourceLocation)
  }
  return nil
}
