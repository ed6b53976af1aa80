import FlowCore
import RandomSupport
import Testing

@testable import FlowStore

@Suite struct `History queries` {
  private static let kinds: [HistoryEvent.Kind] = [.addTask, .updateTask, .rollback]

  /// Events with times that jump back now and then, and some that are long.
  private func events(_ count: Int, _ generator: inout SeededRandom) -> [HistoryEvent] {
    (1...count).map { seq in
      let size = Int.random(in: 0..<40, using: &generator) == 0 ? 90_000 : 10
      return HistoryEvent(
        seq: seq,
        ts: Timestamp(milliseconds: Int64.random(in: 0..<100_000, using: &generator)),
        event: Self.kinds[seq % 3],
        user: "\"detail\":{\"before\":null,",
        revision: seq,
        sha256: "",
        detail: ["before": .string(String(repeating: "\n가", count: size))]
      )
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `any query finds what a look at all events finds`(seed: UInt64) throws {
    var generator = SeededRandom(seed: seed)
    let folder = try ScratchFolder()
    let log = HistoryLog(path: folder("workflow_history.json"))
    let all = events(200, &generator)
    try log.append(all, after: nil)
    for isReformatted in [false, true] {
      if isReformatted {
        try folder.write(JSONValue.array(all.map(\.json)).serialized(.pretty), to: "workflow_history.json")
      }
      for _ in 0..<40 {
        var query = HistoryQuery()
        if Bool.random(using: &generator) { query.limit = Int.random(in: 0..<30, using: &generator) }
        if Bool.random(using: &generator) { query.after = Int.random(in: 0..<210, using: &generator) }
        if Bool.random(using: &generator) {
          query.since = Timestamp(milliseconds: Int64.random(in: 0..<110_000, using: &generator))
        }
        if Bool.random(using: &generator) {
          query.kinds = [Self.kinds[Int.random(in: 0..<3, using: &generator)]]
        }
        let expected = all.filter { query.matches(seq: $0.seq, ts: $0.ts, kind: $0.event) }
        #expect(
          try log.events(query) == Array(expected.suffix(query.limit ?? .max)),
          "seed \(seed), \(query)"
        )
      }
    }
  }

  @Test func `a torn end and lines of others are passed over`() throws {
    var generator = SeededRandom(seed: 9)
    let folder = try ScratchFolder()
    let log = HistoryLog(path: folder("workflow_history.json"))
    let all = events(4, &generator)
    try log.append(all, after: nil)
    let text = try folder.text("workflow_history.json")
    try folder.write(text.dropLast(3) + ",\n{\"seq\":5,\"ts\":\"20", to: "workflow_history.json")
    #expect(try log.events(HistoryQuery()) == all)
    #expect(try log.events(HistoryQuery(limit: 1)) == all.suffix(1))
    try folder.write(text.replacing("[\n", with: "[\n<<<<<<< HEAD\n"), to: "workflow_history.json")
    #expect(try log.events(HistoryQuery()) == all)
  }
}
