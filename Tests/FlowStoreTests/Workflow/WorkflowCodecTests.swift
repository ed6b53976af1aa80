import FlowCore
import Testing

@testable import FlowStore

@Suite struct `Workflow codec` {
  let codec: WorkflowCodec

  init() throws {
    codec = WorkflowCodec(project: try ProjectName("demo"))
  }

  @Test func `a short file written by hand gets defaults`() throws {
    let workflow = try codec.decode(
      Array(#"{"project":"other","tasks":[{"id":"a","name":"수집","status":"doing","deps":null}]}"#.utf8)
    )
    #expect(workflow.project.rawValue == "demo")
    #expect(workflow.revision == 0 && workflow.created == nil)
    #expect(workflow.tasks == [FlowTask(id: try TaskID("a"), name: "수집", status: .doing)])
  }

  @Test func `unknown keys are kept, behind the known ones, in their order`() throws {
    let source = """
      {"x":1.50,"tasks":[{"zeta":[1,2],"status":"todo","name":"n","alpha":{"b":null},"id":"T001"}],
       "project":"demo","schema":1,"note":"é"}
      """
    let rendered = """
      {
        "schema": 1,
        "project": "demo",
        "revision": 0,
        "tasks": [
          {
            "id": "T001",
            "name": "n",
            "status": "todo",
            "deps": [],
            "rev": 1,
            "meta": {},
            "zeta": [1, 2],
            "alpha": { "b": null }
          }
        ],
        "x": 1.50,
        "note": "é"
      }

      """
    let workflow = try codec.decode(Array(source.utf8))
    let bytes = try codec.render(workflow)
    #expect(String(decoding: bytes, as: UTF8.self) == rendered)
    #expect(try codec.decode(bytes) == workflow)
  }

  @Test func `a short task stands on one line`() throws {
    let workflow = Workflow(
      project: codec.project,
      created: nil,
      tasks: [FlowTask(id: TaskID(number: 1), name: "데이터 수집")]
    )
    let text = String(decoding: try codec.render(workflow), as: UTF8.self)
    let line =
      #"    { "id": "T001", "name": "데이터 수집", "status": "todo", "deps": [], "rev": 1, "meta": {} }"#
    #expect(text.split(separator: "\n").contains { $0 == line })
  }

  static let faults: [(tasks: String, code: FlowError.Code, message: String)] = [
    (
      #"{"id":"b","name":"n","status":"finnished"}"#, .invalidWorkflow,
      #"tasks[1].status is "finnished", expected todo, doing, done or blocked"#
    ),
    (#"{"id":"b","status":"todo"}"#, .invalidWorkflow, "tasks[1].name is missing"),
    (#"{"id":"b","name":7,"status":"todo"}"#, .invalidWorkflow, "tasks[1].name is 7, expected a string"),
    (
      #"{"id":"b c","name":"n","status":"todo"}"#, .invalidWorkflow,
      #"tasks[1].id is "b c", expected 1 to 64 bytes without white space or commas, such as "T001""#
    ),
    (
      #"{"id":"b","name":"n","status":"todo","deps":[3]}"#, .invalidWorkflow,
      #"tasks[1].deps[0] is 3, expected 1 to 64 bytes without white space or commas, such as "T001""#
    ),
    (
      #"{"id":"b","name":"n","status":"todo","rev":0}"#, .invalidWorkflow,
      "tasks[1].rev is 0, expected a whole number from 1 to 2^53"
    ),
    (
      #"{"id":"b","name":"n","status":"todo","rev":9223372036854775807}"#, .invalidWorkflow,
      "tasks[1].rev is 9223372036854775807, expected a whole number from 1 to 2^53"
    ),
    (
      #"{"id":"b","name":"n","status":"todo","meta":[]}"#, .invalidWorkflow,
      "tasks[1].meta is an array, expected an object"
    ),
    ("null", .invalidWorkflow, "tasks[1] is null, expected an object"),
    (#"{"id":"a","name":"n","status":"todo"}"#, .invalidWorkflow, "the task id 'a' stands twice"),
    (
      #"{"id":"b","name":"n","status":"todo","deps":["c"]}"#, .unknownDependency,
      "task b depends on 'c', which does not exist"
    ),
    (
      #"{"id":"b","name":"n","status":"todo","deps":["b"]}"#, .taskCycle,
      "the dependencies form a cycle: b -> b"
    ),
  ]

  @Test(arguments: faults)
  func `a fault is told with its line and what would be right`(
    tasks: String,
    code: FlowError.Code,
    message: String
  ) async {
    let file = """
      {"project":"demo","tasks":[
      {"id":"a","name":"n","status":"todo"},
      \(tasks)]}
      """
    let error = await expectFlowError(code) { try codec.decode(Array(file.utf8)) }
    #expect(error?.message == "workflow.json line 3: \(message)")
    #expect(error?.context["line"] == "3")
  }

  @Test func `the whole may be at fault too`() async {
    let cases: [(String, FlowError.Code, String)] = [
      ("[]", .invalidWorkflow, "workflow.json line 1: document is an array, expected an object"),
      ("{\n\"tasks\":[]}", .invalidWorkflow, "workflow.json line 1: project is missing"),
      (
        "{\"project\":\"p\",\n\"tasks\":{}}", .invalidWorkflow,
        "workflow.json line 2: tasks is an object, expected an array of tasks"
      ),
      (
        "{\"project\":\"p\",\n\"created\":\"x\",\"tasks\":[]}", .invalidWorkflow,
        "workflow.json line 2: created is \"x\", expected a time such as 2024-04-12T08:15:20Z"
      ),
      (
        "{\"project\":\"p\",\n\"schema\":2,\"tasks\":[]}", .newerFormat,
        "workflow.json line 2: schema is 2, but this version of Flow knows formats up to 1"
      ),
      (
        "{\"project\":\n}", .invalidJSON, "workflow.json line 2, column 1: unexpected \"}\", expected a value"
      ),
      ("", .invalidJSON, "workflow.json line 1, column 1: unexpected end of the document, expected a value"),
    ]
    for (file, code, message) in cases {
      let error = await expectFlowError(code) { try codec.decode(Array(file.utf8)) }
      #expect(error?.message == message)
    }
  }
}
