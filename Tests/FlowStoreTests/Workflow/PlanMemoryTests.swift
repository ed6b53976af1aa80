import FlowCore
import RandomSupport
import Testing

@testable import FlowStore

@Suite struct `What is remembered of a plan` {
  /// The file as one document, without anything that is remembered.
  private func whole(_ workflow: Workflow, _ codec: WorkflowCodec) -> [UInt8] {
    var bytes: [UInt8] = []
    codec.value(of: workflow).write(to: &bytes, style: .document(inlineDepth: 2))
    return bytes + [UInt8(ascii: "\n")]
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
  func `lines that are taken over are those that would be written`(seed: UInt64) throws {
    var generator = SeededRandom(seed: seed)
    let codec = WorkflowCodec(project: try ProjectName("demo \"tasks\": ["))
    let memory = PlanMemory()
    var plan = Workflow(project: codec.project, created: nil, revision: 1)
    for round in 0..<80 {
      RandomEdit(&generator).apply(to: &plan)
      if !plan.tasks.isEmpty, round % 3 == 0 {
        // About as long as a line may be, where the comma decides.
        let index = Int.random(in: plan.tasks.indices, using: &generator)
        plan.tasks[index].name = String(repeating: "x", count: Int.random(in: 10..<60, using: &generator))
      }
      plan.revision += 1
      plan.revFloor = round % 7 == 0 ? plan.revision : 0
      let bytes = try codec.render(plan, reusing: memory)
      #expect(bytes == whole(plan, codec), "seed \(seed), round \(round)")
      #expect(try codec.render(plan) == bytes)
    }
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `a check that knows the state before finds what a whole check finds`(seed: UInt64) throws {
    var generator = SeededRandom(seed: seed)
    var plan = Workflow(project: try ProjectName("demo"), created: nil)
    for _ in 0..<400 {
      var next = plan
      RandomEdit(&generator).apply(to: &next)
      if Int.random(in: 0..<4, using: &generator) == 0,
        let id = next.tasks.randomElement(using: &generator)?.id
      {
        let index = Int.random(in: next.tasks.indices, using: &generator)
        next.tasks[index].deps.append(id)
      }
      if Int.random(in: 0..<9, using: &generator) == 0, let task = next.tasks.first {
        next.tasks.append(task)
      }
      let (known, whole) = (Result { try next.validate(after: plan) }, Result { try next.validate() })
      switch (known, whole) {
      case (.success, .success): plan = next
      case (.failure(let left as FlowError), .failure(let right as FlowError)): #expect(left == right)
      default: Issue.record("seed \(seed): \(known) and \(whole)")
      }
    }
    #expect(plan.tasks.count > 2)
  }

  @Test func `what another process wrote is seen`() async throws {
    let fixture = try WorkflowFixture()
    let (one, other) = (fixture.store, fixture.store)
    _ = try await one.create(user: "jun")
    for round in 1...6 {
      let store = round % 2 == 0 ? one : other
      let id = TaskID(number: round)
      _ = try await store.change(user: "jun") { plan in
        plan.tasks.append(FlowTask(id: id, name: "n"))
        return .addTask
      }
      #expect(try await one.load() == other.load())
      #expect(try await one.load().tasks.count == round)
    }
    // And what a person wrote, in a file of the same size.
    let text = try fixture.folder.text("workflow.json").replacing("\"n\"", with: "\"m\"")
    try fixture.folder.write(text, to: "workflow.json")
    #expect(try await one.load().tasks.allSatisfy { $0.name == "m" })
    #expect(await one.findings().count == 1)
  }
}
