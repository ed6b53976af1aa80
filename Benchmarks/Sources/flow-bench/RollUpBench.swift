import FlowCore
import FlowMemory
import FlowProjects
import Glibc

/// How long adding a step takes in a process that lives, with and without a roll-up due, beside one durable append.
///
/// It is all of `add-step` but starting the process: with a roll-up, the summary and its parents stand in the step's
/// transaction, and cache/memory_cache.md is written behind it. The append has 4 KB and one fdatasync, in the same
/// folder and round.
struct RollUpBench {
  let root: String
  let project: String
  /// Steps the archive was filled with: those that are added follow on the same vocabulary.
  let steps: Int
  let rounds: Int

  func json() async throws -> String {
    let project = try await Workspace(root: root).loadProject(ProjectName(project))
    var source = SyntheticArchive(steps: steps)
    for _ in 0..<steps { _ = source.next() }
    var plain = Times()
    var leaves = Times()
    var parents = Times()
    var syncs = Times()
    var counts = [0, 0, 0]
    for _ in 0..<rounds {
      let step = source.next()
      let start = ContinuousClock.now
      let receipt = try await project.memoryUpdate(step)
      let time = start.duration(to: .now).milliseconds
      switch receipt.rolledUp.count {
      case 0: plain.add(time)
      case 1: leaves.add(time)
      default: parents.add(time)
      }
      counts[min(2, receipt.rolledUp.count)] += 1
      syncs.add(try append(in: project.folder))
    }
    func row(_ name: String, _ times: Times, _ count: Int) -> String {
      #""\#(name)": {"count": \#(count), "p50_ms": \#(times.at(0.5)), "p99_ms": \#(times.at(0.99))}"#
    }
    return """
      {"steps": \(steps), \(row("plain", plain, counts[0])), \(row("leaf", leaves, counts[1])), \
      \(row("leaf_and_parents", parents, counts[2])), \(row("append", syncs, rounds))}
      """
  }

  private func append(in folder: String) throws -> Double {
    let bytes = [UInt8](repeating: 0x78, count: 4096)
    let start = ContinuousClock.now
    let file = open("\(folder)/.bench-append", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw AppendFault() }
    defer { close(file) }
    guard write(file, bytes, bytes.count) == bytes.count, fdatasync(file) == 0 else { throw AppendFault() }
    return start.duration(to: .now).milliseconds
  }

  private struct AppendFault: Error {}
}
