import FlowCore
import Glibc
import Testing

@testable import FlowStore

@Suite struct `Atomic file` {
  @Test(arguments: [0, 1, 4096, 300_000])
  func `what is written is read`(size: Int) throws {
    let folder = try ScratchFolder()
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    try folder.write(bytes, to: "file")
    try folder.write(bytes + [1], to: "file")
    #expect(try folder.bytes("file") == bytes + [1])
    #expect(Folder.names(in: folder.path) == ["file"])
  }

  @Test func `a file that is replaced keeps its mode`() throws {
    let folder = try ScratchFolder()
    try folder.write("old", to: "file")
    chmod(folder("file"), 0o600)
    try folder.write("new", to: "file")
    var status = stat()
    #expect(stat(folder("file"), &status) == 0 && status.st_mode & 0o777 == 0o600)
  }

  @Test func `a folder in the file's place stays, and the temporary file goes`() async throws {
    let folder = try ScratchFolder()
    try Folder.create(folder("file/inside"))
    let error = await expectFlowError(.writeFailed) { try folder.write("text", to: "file") }
    #expect(error?.message == "cannot write \(folder("file")): Is a directory")
    #expect(Folder.names(in: folder.path) == ["file"])
    #expect(folder.exists("file/inside"))
  }

  @Test func `a path below a file is an error that names it and says what to do`() async throws {
    let folder = try ScratchFolder()
    try folder.write("text", to: "file")
    let error = await expectFlowError(.writeFailed) { try folder.write("text", to: "file/below") }
    #expect(error?.message == "cannot write \(folder("file/below")): Not a directory")
    #expect(error?.hint?.isEmpty == false)
    await expectFlowError(.writeFailed) { try Folder.create(folder("file/below")) }
  }

  @Test func `only leftovers of processes that are gone are removed`() throws {
    let folder = try ScratchFolder()
    let child = try ended()
    let mine = ".workflow.json.\(getpid())-abc.tmp"
    for name in [".workflow.json.\(child)-abc.tmp", mine, ".lock", ".x.tmp", "a.\(child)-abc.tmp"] {
      try folder.write("", to: name)
    }
    AtomicFile.removeLeftovers(in: folder.path)
    #expect(Set(Folder.names(in: folder.path)) == [mine, ".lock", ".x.tmp", "a.\(child)-abc.tmp"])
  }

  /// The id of a process that has ended.
  private func ended() throws -> pid_t {
    var child = pid_t()
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("true"), nil]
    defer { free(arguments[0]) }
    try #require(posix_spawnp(&child, "true", nil, nil, &arguments, nil) == 0)
    var status: CInt = 0
    try #require(waitpid(child, &status, 0) == child)
    return child
  }
}

@Suite struct `Regular file` {
  @Test func `a file that is not there is nil`() throws {
    let folder = try ScratchFolder()
    #expect(try RegularFile.read(folder("none")) == nil)
    try folder.write("text", to: "file")
    #expect(try RegularFile.read(folder("file/below")) == nil)
  }

  @Test(.timeLimit(.minutes(10)))
  func `a named pipe is an error and not a wait`() async throws {
    let folder = try ScratchFolder()
    try #require(mkfifo(folder("pipe"), 0o600) == 0)
    let error = await expectFlowError(.readFailed) { try RegularFile.read(folder("pipe")) }
    #expect(error?.message.hasSuffix("it is a named pipe, not a file") == true)
  }

  @Test(arguments: [("/", "a folder"), ("/dev/null", "a device")])
  func `what is no file is an error that says what it is`(path: String, kind: String) async {
    let error = await expectFlowError(.readFailed) { try RegularFile.read(path) }
    #expect(error?.message == "cannot read \(path): it is \(kind), not a file")
  }

  @Test func `a file beyond the limit is an error`() async throws {
    let folder = try ScratchFolder()
    try folder.write("12345", to: "file")
    #expect(try RegularFile.read(folder("file"), limit: 5) == Array("12345".utf8))
    await expectFlowError(.readFailed) { try RegularFile.read(folder("file"), limit: 4) }
  }

  @Test func `a file whose size the system does not tell is read whole`() throws {
    let bytes = try #require(try RegularFile.read("/proc/self/status"))
    #expect(String(decoding: bytes, as: UTF8.self).contains("\nPid:\t\(getpid())\n"))
  }
}

@Suite struct `Folder names` {
  @Test(arguments: [
    ("a/b/c", "a/b", "c"), ("a", ".", "a"), ("/a", "/", "a"), ("프로젝트/파일", "프로젝트", "파일"),
  ])
  func `a path falls into its folder and its name`(path: String, parent: String, name: String) {
    #expect(Folder.parent(of: path) == parent)
    #expect(Folder.name(of: path) == name)
  }
}
