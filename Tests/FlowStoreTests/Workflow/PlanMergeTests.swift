import FlowCore
import Testing

@testable import FlowStore

@Suite struct `Merging plans` {
  private static func task(
    _ id: String,
    _ name: String = "n",
    _ status: TaskStatus = .todo,
    deps: [String] = [],
    meta: JSONObject = [:]
  ) throws -> FlowTask {
    FlowTask(
      id: try TaskID(id),
      name: name,
      status: status,
      deps: try deps.map { try TaskID($0) },
      meta: meta
    )
  }

  private func merged(_ base: [FlowTask]?, _ ours: [FlowTask], _ theirs: [FlowTask]) throws
    -> PlanMerge.Outcome
  {
    func plan(_ tasks: [FlowTask]) throws -> Workflow {
      Workflow(project: try ProjectName("demo"), created: nil, revision: 3, tasks: tasks)
    }
    return PlanMerge(base: try base.map(plan), ours: try plan(ours), theirs: try plan(theirs)).merged()
  }

  @Test func `what one side changed is taken from it, field by field`() throws {
    let base = try [Self.task("A", meta: ["owner": "jun", "x": 1]), Self.task("B"), Self.task("C")]
    let ours = try [
      Self.task("A", "ours", meta: ["owner": "jun", "x": 2]), Self.task("B", deps: ["C"]), Self.task("C"),
    ]
    let theirs = try [
      Self.task("A", "n", .done, meta: ["owner": "mina", "x": 1, "y": 3]), Self.task("B"),
      Self.task("C", "c"),
    ]
    let outcome = try merged(base, ours, theirs)
    #expect(outcome.conflicts.isEmpty && outcome.renamed.isEmpty)
    let expected = try [
      Self.task("A", "ours", .done, meta: ["owner": "mina", "x": 2, "y": 3]),
      Self.task("B", deps: ["C"]), Self.task("C", "c"),
    ]
    #expect(outcome.workflow.tasks == expected)
    // The other way round the same, but for the order of keys.
    let mirrored = try merged(base, theirs, ours).workflow.tasks
    #expect(mirrored.map(\.name) == expected.map(\.name) && mirrored.map(\.status) == expected.map(\.status))
    #expect(mirrored.map(\.deps) == expected.map(\.deps))
  }

  @Test func `what both changed stays as ours has it, and is told`() throws {
    let outcome = try merged(
      [Self.task("A")],
      [Self.task("A", "ours", .done)],
      [Self.task("A", "theirs", .done)]
    )
    #expect(outcome.workflow.tasks.map(\.name) == ["ours"])
    #expect(
      outcome.conflicts
        == [PlanMerge.Conflict(task: try TaskID("A"), field: "name", ours: "ours", theirs: "theirs")]
    )
  }

  @Test func `tasks added on both sides are all there`() throws {
    let outcome = try merged(
      [Self.task("T001")],
      [Self.task("T001"), Self.task("T002", "mine"), Self.task("T003", "same")],
      [
        Self.task("T001"), Self.task("T002", "other"), Self.task("T003", "same"),
        Self.task("T004", deps: ["T002"]),
      ]
    )
    #expect(outcome.workflow.tasks.map(\.id.rawValue) == ["T001", "T002", "T003", "T005", "T004"])
    #expect(outcome.workflow.tasks.map(\.name) == ["n", "mine", "same", "other", "n"])
    // What needed their T002 needs it still.
    #expect(outcome.workflow.tasks.last?.deps.map(\.rawValue) == ["T005"])
    #expect(outcome.renamed.map { "\($0.from) \($0.to)" } == ["T002 T005"])
    try outcome.workflow.validate()
  }

  @Test func `a task that one side removed goes only if the other left it alone`() throws {
    let base = try [Self.task("A"), Self.task("B"), Self.task("C"), Self.task("D")]
    let outcome = try merged(
      base,
      [Self.task("A"), Self.task("C", "changed"), Self.task("D", deps: ["A"])],
      [Self.task("B"), Self.task("D")]
    )
    #expect(outcome.workflow.tasks.map(\.id.rawValue) == ["C", "D"])
    #expect(outcome.conflicts.map { "\($0.task?.rawValue ?? "") \($0.field)" } == ["C task", "D deps"])
    try outcome.workflow.validate()
  }

  @Test func `without the state before, both sides' tasks stand and differences are told`() throws {
    let outcome = try merged(
      nil,
      [Self.task("A", "ours", meta: ["x": 1]), Self.task("B")],
      [Self.task("A", "theirs", meta: ["y": 2]), Self.task("C")]
    )
    #expect(outcome.workflow.tasks.map(\.id.rawValue) == ["A", "B", "C"])
    #expect(outcome.workflow.tasks[0].meta == ["x": 1, "y": 2])
    #expect(outcome.conflicts.map(\.field) == ["name"])
  }
}
