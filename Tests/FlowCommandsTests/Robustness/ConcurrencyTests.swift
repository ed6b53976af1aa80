import FlowCore
import FlowTestSupport
import Glibc
import Testing

/// FLOW_SOAK=1 runs the full figures, which take minutes.
let isSoak = getenv("FLOW_SOAK").map { String(cString: $0) } == "1"

@Suite(.timeLimit(.minutes(20)))
struct `Several writers at once` {
  @Test func `lose nothing and disturb no one`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    let steps = isSoak ? 250 : 60
    let tasks = isSoak ? 100 : 20
    let acknowledged = try await withThrowingTaskGroup(of: [String: String].self) { group in
      for writer in 1...4 {
        group.addTask {
          try await Self.write(root, count: steps) { ["add-step", "writer \(writer) step \($0)"] }
        }
      }
      group.addTask { try await Self.write(root, count: tasks) { ["add-task", "task \($0)"] } }
      return try await group.reduce(into: [String: String]()) { all, ids in
        // An id that two were given would be caught here.
        for (id, name) in ids { #expect(all.updateValue(name, forKey: id) == nil, "\(id) was given twice") }
      }
    }
    #expect(acknowledged.count == 4 * steps + tasks)

    let stored = try await root.data("steps", "--range", "1-\(4 * steps + 1)")["steps"] ?? .null
    #expect(stored.numbers("id") == Array(1...4 * steps))
    for step in stored.array ?? [] {
      #expect(acknowledged["s\(step["id"]!.int!)"] == step["content"]?.string)
    }
    let plan = try await root.data("task", "list")["tasks"] ?? .null
    #expect(plan.texts("id") == (1...tasks).map { TaskID(number: $0).rawValue })
    for task in plan.array ?? [] { #expect(acknowledged[task["id"]!.string!] == task["name"]?.string) }

    let events = try await root.data("history", "--limit", "100000")["events"] ?? .null
    #expect(events.numbers("seq") == Array(1...tasks + 1))
    #expect(events.numbers("revision") == Array(1...tasks + 1))
    let file = try root.folder.json("projects/demo/workflow.json")
    #expect(file["revision"]?.int == tasks + 1)
    #expect(file["tasks"]?.array?.count == tasks)
    let doctor = try await root.data("doctor")
    #expect(doctor["findings"]?.array?.isEmpty == true, "\(doctor)")
    #expect(try await root.data("status")["memory"]!["short_term_steps"]!.int! <= 10)
  }

  @Test func `one new name is made by one of them`() async throws {
    let root = TemporaryRoot()
    let codes = try await withThrowingTaskGroup(of: CInt?.self) { group in
      for _ in 0..<6 {
        group.addTask { try await root.start(["new", "same"]).outcome().exitCode }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(codes.count(where: { $0 == 0 }) == 1, "\(codes)")
    #expect(codes.count(where: { $0 == 75 }) == 5, "\(codes)")
    #expect(try await root.data("doctor", "--project", "same")["errors"] == 0)
  }

  @Test func `one ref is stored once`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    let ids = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<6 {
        group.addTask { try await root.start(["add-step", "same", "--ref", "r"]).outcome().expect(0).output }
      }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(ids == ["s1\n"])
    #expect(try await root.data("steps")["steps"]?.array?.count == 1)
  }

  @Test func `results of all are kept`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 1...16 {
        group.addTask {
          try await root.start(["cache", "set", "key \(number)", "\(number)"]).outcome().expect(0)
        }
      }
      try await group.waitForAll()
    }
    let results = try await root.data("cache", "ls")["results"]?.array ?? []
    #expect(
      Set(results.map { "\($0["key"]!.string!)=\($0["value"]!.int!)" })
        == Set((1...16).map { "key \($0)=\($0)" })
    )
  }

  @Test func `readers see whole states meanwhile`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        _ = try await Self.write(root, count: 25) { ["add-task", "task \($0)"] }
        try root.folder.write("", to: "done")
      }
      group.addTask {
        var last = 0
        while !root.folder.exists("done") {
          let status = try await root.data("status")
          let count = status["tasks"]!.array!.count
          #expect(status["revision"]?.int == count + 1)
          #expect(count >= last)
          last = count
        }
      }
      try await group.waitForAll()
    }
  }

  /// Runs a command a number of times, one after the other, and gives back what was written under each printed id.
  private static func write(
    _ root: TemporaryRoot,
    count: Int,
    _ command: (Int) -> [String]
  ) async throws -> [String: String] {
    var written: [String: String] = [:]
    for number in 1...count {
      let arguments = command(number)
      let outcome = try await root.start(arguments).outcome().expect(0)
      let id = try #require(outcome.output.split(separator: "\n").first)
      written[String(id)] = arguments[1]
    }
    return written
  }
}
