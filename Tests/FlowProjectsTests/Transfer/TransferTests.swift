import FlowCore
import FlowProjects
import Testing

@Suite struct `Step as JSON` {
  @Test func `every key is read`() throws {
    let json = try JSONValue(
      parsing: #"""
        {"id":9,"ref":"D1:3","ts":"2023-05-08T22:56:00+09:00","role":"user","name":"Caroline","content":"a\nb",
        "task":"T001","pinned":true,"meta":{"k":[1.50,null]},"extra":{"x":1}}
        """#
    )
    let step = try Step(json: json)
    #expect(step.ref == "D1:3" && step.role == .user && step.name == "Caroline" && step.content == "a\nb")
    #expect(step.ts == Timestamp(iso8601: "2023-05-08T13:56:00Z"))
    #expect(step.task?.rawValue == "T001" && step.pinned)
    #expect(JSONValue.object(step.meta).serialized(.compact) == #"{"k":[1.50,null],"extra":{"x":1}}"#)
  }

  @Test func `only role and content are required, and null is nothing`() throws {
    let short = try Step(json: ["role": "note", "content": ""])
    #expect(short == Step(role: .note, content: ""))
    let nulls = try Step(
      json: [
        "role": "note", "content": "", "ref": nil, "ts": nil, "name": nil, "task": nil, "pinned": nil,
        "meta": nil,
      ]
    )
    #expect(nulls == short)
  }

  @Test(arguments: [
    ("[]", "object"), ("\"x\"", "object"), ("{}", "role"), (#"{"role":"robot","content":""}"#, "robot"),
    (#"{"role":1,"content":""}"#, "role"), (#"{"role":"user"}"#, "content"),
    (#"{"role":"user","content":null}"#, "content"), (#"{"role":"user","content":["x"]}"#, "content"),
    (#"{"role":"user","content":"","ref":1}"#, "ref"), (#"{"role":"user","content":"","name":{}}"#, "name"),
    (#"{"role":"user","content":"","ts":"yesterday"}"#, "yesterday"),
    (#"{"role":"user","content":"","ts":1683554160}"#, "ts"),
    (#"{"role":"user","content":"","task":"a b"}"#, "a b"),
    (#"{"role":"user","content":"","pinned":1}"#, "pinned"),
    (#"{"role":"user","content":"","meta":[]}"#, "meta"),
  ]) func `a fault names its key`(text: String, naming: String) throws {
    let json = try JSONValue(parsing: text)
    let error = try #require(throws: FlowError.self) { try Step(json: json) }
    #expect(error.code == .invalidStep || error.code == .invalidTask)
    #expect(error.message.contains(naming), "\(error.message)")
  }
}

@Suite(.timeLimit(.minutes(15))) struct `Import and export` {
  private let folder: ProjectsFolder

  init() throws { folder = try ProjectsFolder() }

  private func project(_ name: String) async throws -> FlowProject {
    try await folder.workspace().newProject(try ProjectName(name))
  }

  private func lines(_ lines: [String]) -> [UInt8] { Array(lines.joined(separator: "\n").utf8) }

  private func exported(_ project: FlowProject) async throws -> String {
    var text = ""
    try await project.exportSteps { text += $0 }
    return text
  }

  private static let samples = [
    #"{"ref":"a","ts":"2023-05-08T13:56:00Z","role":"user","name":"李","content":"line\n```\n## Now\u2028x"}"#,
    #"{"ref":"b","ts":"2023-05-08T13:57:00.125Z","role":"assistant","content":"","pinned":true}"#,
    #"{"ref":"c","ts":"2023-05-08T13:58:00Z","role":"tool","name":"sh","content":"\u0000\u001b[31m","meta":{"tool_call_id":"x","n":1.10}}"#,
    #"{"ref":"d","ts":"2023-05-08T13:59:00Z","role":"system","content":"e\u0301 \ud83d\ude00"}"#,
    #"{"ref":"e","ts":"2023-05-08T14:00:00Z","role":"note","content":"한국어","x-own":true}"#,
  ]

  @Test func `what is exported imports as the same steps`() async throws {
    let first = try await project("first")
    let receipt = try await first.importSteps(jsonl: lines(Self.samples), source: "in.jsonl")
    #expect(receipt.read == 5 && receipt.new == 5 && receipt.ids == StepID(1)...StepID(5))
    let text = try await exported(first)
    let second = try await project("second")
    _ = try await second.importSteps(jsonl: Array(text.utf8), source: "out.jsonl")
    #expect(try await exported(second).utf8.elementsEqual(text.utf8))
    let steps = try await second.steps(StepQuery())
    #expect(steps[0].step.content.utf8.elementsEqual("line\n```\n## Now\u{2028}x".utf8))
    #expect(steps[1].step.pinned && steps[3].step.content.utf8.elementsEqual("e\u{301} 😀".utf8))
    #expect(JSONValue.object(steps[2].step.meta).serialized(.compact) == #"{"tool_call_id":"x","n":1.10}"#)
    #expect(steps[4].step.meta["x-own"] == true)
  }

  @Test func `doing it again adds nothing, with refs or without`() async throws {
    let project = try await project("p")
    let plain = [#"{"role":"user","content":"same"}"#, #"{"role":"user","content":"same"}"#, "", "  \r"]
    for bytes in [lines(Self.samples), lines(plain)] {
      let first = try await project.importSteps(jsonl: bytes, source: "x")
      let again = try await project.importSteps(jsonl: bytes, source: "x")
      #expect(first.new == first.read && again.new == 0 && again.read == first.read && again.ids == nil)
    }
    #expect(try await project.steps(StepQuery()).count == 7)
  }

  @Test func `an import that was cut short is finished by doing it again`() async throws {
    let project = try await project("p")
    _ = try await project.importSteps(jsonl: lines(Array(Self.samples.prefix(2))), source: "x")
    let receipt = try await project.importSteps(jsonl: lines(Self.samples), source: "x")
    #expect(receipt.new == 3 && receipt.ids == StepID(3)...StepID(5))
  }

  @Test(arguments: [
    ("{", FlowError.Code.invalidJSON), ("[]", .invalidStep), (#"{"role":"user"}"#, .invalidStep),
    (#"{"role":"user","content":"x","ref":"a"}"#, .stepConflict),
    (#"{"role":"assistant","content":"line\n```\n## Now\u2028x","ref":"a"}"#, .stepConflict),
    (#"{"role":"user","content":"x","name":""}"#, .invalidStep),
    (#"{"role":"user","content":"x","ref":""}"#, .invalidStep), ("\u{FFFD}", .invalidJSON),
  ]) func `a bad line is named and nothing is stored`(bad: String, code: FlowError.Code) async throws {
    let project = try await project("p")
    let filler = (1...600).map { #"{"role":"user","content":"filler \#($0)"}"# }
    let all = lines(Self.samples + filler + [bad])
    let error = try await flowError(code) { try await project.importSteps(jsonl: all, source: "in.jsonl") }
    #expect(error.message.hasPrefix("in.jsonl line 606:"), "\(error.message)")
    #expect(try await project.steps(StepQuery()).isEmpty)
  }

  @Test func `a conflict with the archive is found before anything is stored`() async throws {
    let project = try await project("p")
    try await project.memoryUpdate(Step(ref: "taken", role: .user, content: "old"))
    let new = lines(Self.samples + [#"{"role":"user","content":"new","ref":"taken"}"#])
    let error = try await flowError(.stepConflict) { try await project.importSteps(jsonl: new, source: "in") }
    #expect(error.message.contains("in line 6:") && error.context["step"] == "s1")
    #expect(try await project.steps(StepQuery()).count == 1)
  }

  @Test func `progress counts the bytes of both passes, in batches`() async throws {
    let project = try await project("p")
    let bytes = lines((1...1100).map { #"{"role":"user","content":"filler \#($0)"}"# })
    var checked: [Int] = []
    var stored: [Int] = []
    _ = try await project.importSteps(jsonl: bytes, source: "x") { progress in
      switch progress {
      case .reading: Issue.record("nothing is read from a pipe")
      case .checking(let done, let total):
        #expect(total == bytes.count && stored.isEmpty)
        checked.append(done)
      case .storing(let done, let total):
        #expect(total == bytes.count)
        stored.append(done)
      }
    }
    #expect(checked == checked.sorted() && checked.last == bytes.count && checked.count > 1)
    #expect(stored == stored.sorted() && stored.last == bytes.count && stored.count > 1)
    #expect(try await exported(project).split(separator: "\n").count == 1100)
  }

  @Test func `a file that grows meanwhile is imported as it was checked`() async throws {
    let project = try await project("p")
    try folder.write(#"{"role":"user","content":"first"}"# + "\n", to: "in.jsonl")
    let receipt = try await project.importSteps(from: .file("\(folder.path)/in.jsonl")) { progress in
      guard case .checking = progress else { return }
      #expect(folder.append(#"{"role":"user","content":"second"}"# + "\n", to: "in.jsonl"))
    }
    #expect(receipt.read == 1 && receipt.new == 1)
    let again = try await project.importSteps(from: .file("\(folder.path)/in.jsonl"))
    #expect(again.read == 2 && again.new == 1)
  }

  @Test(arguments: ["changed", "cut"])
  func `a file that changes meanwhile is an error, and what it says now is not stored`(
    how: String
  ) async throws {
    let project = try await project("p")
    let path = "\(folder.path)/in.jsonl"
    // More than one piece, so that a change in the last one finds steps of the first ones stored.
    let filler = String(repeating: "x", count: 1000)
    let old = (1...900).map { #"{"role":"user","content":"step \#($0) \#(filler)"}"# + "\n" }
    try folder.write(old.joined(), to: "in.jsonl")
    let error = try await flowError(.revisionConflict) {
      try await project.importSteps(from: .file(path)) { progress in
        guard case .checking(let done, let total) = progress, done == total else { return }
        let new =
          how == "cut"
          ? Array(old.prefix(700))
          : old.prefix(800) + old.suffix(100).map { $0.replacing("step", with: "STEP") }
        try? folder.overwrite(new.joined(), in: "in.jsonl")
      }
    }
    #expect(error.message.contains("changed while it was being imported"))
    let stored = try await project.steps(StepQuery())
    #expect(!stored.isEmpty && stored.count < 900)
    #expect(stored.allSatisfy { $0.step.content.hasPrefix("step") })
    let again = try await project.importSteps(from: .file(path))
    #expect(again.new == again.read - (how == "cut" ? min(stored.count, 700) : stored.count))
  }

  @Test func `an empty project exports nothing`() async throws {
    #expect(try await exported(try await project("p")).isEmpty)
  }
}
