import FlowCore
import FlowProjects
import FlowTestSupport
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(15))) struct `Hooks and leases` {
  private let clock = ManualClock("2026-11-22T12:00:00Z")

  private struct NoOwner: Error {}

  /// What hooks were called with, in order.
  private final class Calls: Sendable {
    private let stored = Mutex<[HookEvent]>([])

    var all: [HookEvent] { stored.withLock { $0 } }

    func add(_ event: HookEvent) { stored.withLock { $0.append(event) } }
  }

  @Test func `a hook that wants owners does not keep a lease from running out`() async throws {
    let (folder, calls) = (try ProjectsFolder(), Calls())
    var hooks = Hooks(environment: [:])
    hooks.before(.save) { event in
      calls.add(event)
      guard event.tasks.after.allSatisfy({ $0.owner != nil }) else { throw NoOwner() }
    }
    for kind in [HistoryEvent.Kind.expireLease, .claimTask] {
      hooks.after(Hooks.After(kind)) { calls.add($0) }
    }
    let workspace = Workspace(root: folder.root, user: "tester", clock: clock, hooks: hooks)
    let project = try await workspace.newProject(ProjectName("p"))
    _ = try await project.addTask(NewTask(name: "a", meta: ["owner": "mina"]))
    _ = try await project.claimTask(owner: "one", leaseSeconds: 60)
    clock.advance(seconds: 60)
    let seen = calls.all.count
    #expect(try await project.claimTask(owner: "two").owner == "two")
    let new = calls.all.dropFirst(seen)
    #expect(new.map(\.hook) == ["after_expire_lease", "before_save", "after_claim_task"])
    #expect(new.map(\.event) == ["expire_lease", "claim_task", "claim_task"])
    #expect(new.map { $0.tasks.before.map(\.status) } == [[.doing], [.todo], [.todo]])
    #expect(new.map { $0.tasks.after.map(\.owner) } == [[nil], ["two"], ["two"]])
    #expect(new.first?.tasks.before.map(\.rev) == [2] && new.first?.tasks.after.map(\.rev) == [3])
    #expect(try await project.history(limit: 2).map(\.event) == [.expireLease, .claimTask])
  }

  @Test func `a claim can be refused, and the task is still to be had`() async throws {
    let folder = try ProjectsFolder()
    var hooks = Hooks(environment: [:])
    hooks.before(.save) { event in
      if event.event == "claim_task", event.tasks.after.contains(where: { $0.owner == "one" }) {
        throw NoOwner()
      }
    }
    let workspace = Workspace(root: folder.root, user: "tester", clock: clock, hooks: hooks)
    let project = try await workspace.newProject(ProjectName("p"))
    _ = try await project.addTask(NewTask(name: "a"))
    _ = try await flowError(.hookVetoed) { try await project.claimTask(owner: "one") }
    #expect(try await project.claimTask(owner: "two").owner == "two")
  }

  @Test func `claimers whose claims are asked about get different tasks`() async throws {
    let folder = try ProjectsFolder()
    var hooks = Hooks(environment: [:])
    hooks.before(.save) { _ in await Task.yield() }
    let workspace = Workspace(root: folder.root, user: "tester", clock: clock, hooks: hooks)
    let project = try await workspace.newProject(ProjectName("p"))
    for name in ["a", "b", "c"] { _ = try await project.addTask(NewTask(name: name)) }
    let taken = try await withThrowingTaskGroup(of: TaskID.self) { group in
      for _ in 0..<3 { group.addTask { try await project.claimTask(owner: "same").id } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(taken.sorted() == (1...3).map { TaskID(number: $0) })
  }
}
