package import FlowCore
import Glibc

/// The exclusive right to change a project's files, among threads and processes alike.
///
/// An advisory lock of flock(2) on the project's `.lock`. The kernel gives it back when the holder dies, so it
/// is never stale; it belongs to the open file, so two tasks of one process exclude each other too. Waiting is
/// polling with a bound, as flock knows no time-out. The holder leaves its process id and name in the file, so
/// that whoever waits in vain can say for whom.
package struct ProjectLock: Sendable {
  package static let fileName = ".lock"

  private let folder: String
  private let project: ProjectName
  private let timeout: Duration
  private let command: String

  /// The lock of the project in `folder`; `command` is the name by which others learn who holds it.
  package init(
    folder: String,
    project: ProjectName,
    timeout: Duration = .seconds(10),
    command: String = ProjectLock.programName
  ) {
    self.folder = folder
    self.project = project
    self.timeout = timeout
    self.command = command
  }

  /// The name of this program, without its arguments, which may hold what others must not see.
  package static var programName: String {
    Folder.name(of: CommandLine.arguments.first ?? "")
  }

  /// Runs `body` while holding the lock.
  ///
  /// Blocks: not to be called on a thread that tasks share.
  ///
  /// - Throws: `project.locked` after the time-out, naming the holder; `project.not_found` where the folder is
  ///   missing; what `body` throws.
  package func withLock<Value>(_ body: () throws(FlowError) -> Value) throws(FlowError) -> Value {
    let file = try acquire()
    defer { file.unlock() }
    return try body()
  }

  private var path: String { "\(folder)/\(Self.fileName)" }

  private func acquire() throws(FlowError) -> OpenFile {
    let deadline = ContinuousClock.now + timeout
    var pause = 1_000
    while true {
      do throws(SystemError) {
        // O_NOFOLLOW: the file is emptied below, so a link must not lead to another.
        let file = try OpenFile(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK)
        if try file.tryLock() {
          // Whoever removed the project and made it anew has another file under this name.
          if try isCurrent(file) {
            sign(file)
            return file
          }
        } else if ContinuousClock.now >= deadline {
          throw SystemError(EWOULDBLOCK)
        }
      } catch  where error.code == EWOULDBLOCK {
        throw locked()
      } catch  where error.code == ENOENT {
        throw FlowError(
          .projectNotFound,
          "there is no project \(project.rawValue.quotedExcerpt)",
          hint: "`flowctl new` makes one, `flowctl ls` lists them",
          context: ["project": project.rawValue]
        )
      } catch {
        throw error.whileWriting(path)
      }
      usleep(useconds_t(pause))
      pause = min(pause * 3 / 2, 10_000)
    }
  }

  private func isCurrent(_ file: borrowing OpenFile) throws(SystemError) -> Bool {
    let opened = try file.status()
    var named = stat()
    return lstat(path, &named) == 0 && named.st_ino == opened.st_ino && named.st_dev == opened.st_dev
  }

  private func sign(_ file: borrowing OpenFile) {
    let name = Array("\(getpid()) \(command)\n".utf8)
    // A process that takes it again and again leaves the file alone: a change of it would be one more block that the
    // change's own fsync has to wait for.
    if (try? file.read(0..<name.count + 1)) == name { return }
    // Only for error messages: a full disk must not keep anyone from taking the lock.
    try? file.truncate(to: 0)
    try? file.write(name)
  }

  private func locked() -> FlowError {
    var holder = "another process"
    var context = ["project": project.rawValue]
    let bytes = (try? RegularFile.read(path, limit: 4096)) ?? nil
    let text = String(decoding: bytes ?? [], as: UTF8.self)
    let fields = text.split(separator: "\n").first?.split(separator: " ", maxSplits: 1) ?? []
    if fields.count == 2, let pid = pid_t(fields[0]) {
      holder = "process \(pid) (\(String(fields[1]).excerpt(limit: 60)))"
      context["pid"] = String(pid)
      context["command"] = String(fields[1])
    }
    return FlowError(
      .projectLocked,
      "project \(project.rawValue.quotedExcerpt) is locked by \(holder)",
      hint: "try again when it is done; waited \(timeout)",
      context: context
    )
  }
}
