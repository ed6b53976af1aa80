import FlowCore
import Glibc
import Testing

@testable import FlowStore

@Suite(.timeLimit(.minutes(10))) struct `Project lock` {
  let name: ProjectName

  init() throws {
    name = try ProjectName("demo")
  }

  @Test func `a lock that is held is an error that names the holder`() async throws {
    let folder = try ScratchFolder()
    let holder = ProjectLock(folder: folder.path, project: name, command: "flowctl")
    let waiter = ProjectLock(folder: folder.path, project: name, timeout: .milliseconds(20), command: "other")
    let error = holderError { () throws(FlowError) in
      try holder.withLock { () throws(FlowError) in try waiter.withLock {} }
    }
    #expect(error?.code == .projectLocked)
    #expect(error?.message == "project 'demo' is locked by process \(getpid()) (flowctl)")
    #expect(error?.context["pid"] == String(getpid()))
    #expect(error?.context["command"] == "flowctl")
    try waiter.withLock {}
  }

  /// Starts a program in a process group of its own, so that it and those it starts can be ended together.
  private func spawn(_ words: [String]) throws -> pid_t {
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { word in strdup(word) } + [nil]
    defer { arguments.forEach { free($0) } }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    var child = pid_t()
    try #require(posix_spawnp(&child, words[0], nil, &attributes, &arguments, nil) == 0)
    return child
  }

  private func holderError(_ body: () throws(FlowError) -> Void) -> FlowError? {
    do {
      try body()
      return nil
    } catch {
      return error
    }
  }

  @Test func `a lock is given back when the body throws`() async throws {
    let folder = try ScratchFolder()
    let lock = ProjectLock(folder: folder.path, project: name, timeout: .milliseconds(20))
    await expectFlowError(.internal) {
      try lock.withLock { () throws(FlowError) in throw FlowError(.internal, "x") }
    }
    try lock.withLock {}
  }

  @Test func `a lock dies with its process`() async throws {
    let folder = try ScratchFolder()
    let lock = ProjectLock(folder: folder.path, project: name, timeout: .milliseconds(100))
    try lock.withLock {}
    let script = "exec flock -x \(folder(".lock")) sh -c 'echo held > \(folder("held")); exec sleep 60'"
    let child = try spawn(["sh", "-c", script])
    while !folder.exists("held") { try await Task.sleep(for: .milliseconds(5)) }
    await expectFlowError(.projectLocked) { try lock.withLock {} }
    kill(-child, SIGKILL)
    var status: CInt = 0
    waitpid(child, &status, 0)
    let patient = ProjectLock(folder: folder.path, project: name)
    try patient.withLock {}
  }

  @Test func `a folder that is not there is a project that is not there`() async throws {
    let folder = try ScratchFolder()
    let lock = ProjectLock(folder: folder("none"), project: name)
    await expectFlowError(.projectNotFound) { try lock.withLock {} }
  }

  @Test func `a link in the lock's place is not followed`() async throws {
    let folder = try ScratchFolder()
    try folder.write("precious", to: "file")
    try #require(symlink(folder("file"), folder(".lock")) == 0)
    await expectFlowError(.writeFailed) {
      try ProjectLock(folder: folder.path, project: name).withLock {}
    }
    #expect(try folder.text("file") == "precious")
  }
}
