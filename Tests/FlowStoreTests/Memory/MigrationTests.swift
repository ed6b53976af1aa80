import FlowCore
import Foundation
import GRDB
import Testing

@testable import FlowStore

@Suite(.timeLimit(.minutes(10))) struct `Older memory databases` {
  let folder: MemoryFolder

  init() throws {
    folder = try MemoryFolder()
  }

  /// A file of format 1, as it was written then.
  private func makeFormat1() throws {
    let queue = try DatabaseQueue(path: folder.path)
    try queue.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA journal_mode = WAL")
      try MemorySchema.migrate(database, file: folder.path, to: 1)
      try database.execute(
        sql: """
          INSERT INTO step(id, ts, role, name, sitting, tokens, length, pinned, task, ref) VALUES
            (1, 5, 'user', 'Ada', 1, 3, 2, 0, NULL, 'a'), (2, 6, 'tool', NULL, 1, 4, 1, 1, 'T001', NULL),
            (3, 7, 'user', 'Ada', 1, 1, 0, 0, NULL, NULL), (4, 8, 'user', '', 1, 1, 0, 0, NULL, NULL);
          INSERT INTO body VALUES (1, NULL, 'one word'), (2, '{"k":1}', 'two'), (3, NULL, ''), (4, NULL, '');
          INSERT INTO sitting VALUES (1, 1, 4, 3);
          INSERT INTO speaker VALUES ('user', 3), ('Ada', 2), ('tool', 1), ('', 1);
          INSERT INTO tail VALUES (1, x'00');
          INSERT INTO segment VALUES (1);
          INSERT INTO posting VALUES (1, 'two', x'0101');
          UPDATE archive SET steps = 4, tokens = 9, terms = 3, sittings = 1, unsealed = 1, analysis = 7;
          """
      )
    }
    try queue.close()
  }

  @Test func `steps come over whole, and the index is to be filled again`() async throws {
    try makeFormat1()
    let database = try folder.open(mustExist: true)
    let steps = try await database.all()
    #expect(steps.map(\.step.role) == [.user, .tool, .user, .user])
    #expect(steps.map(\.step.name) == ["Ada", nil, "Ada", ""])
    #expect(steps.map(\.step.content) == ["one word", "two", "", ""])
    #expect(
      steps.map(\.step.ref) == ["a", nil, nil, nil]
        && steps.map(\.step.pinned) == [false, true, false, false]
    )
    let (version, postings, speakers, profiles) = try await database.read { memory throws(FlowError) in
      (
        try memory.recall.analysisVersion(), try memory.recall.postings(of: ["two"])[0].count,
        try memory.steps.speakers().map(\.steps),
        try memory.recall.profiles(of: steps.map(\.id)).map(\.speaker)
      )
    }
    #expect(version == 0 && postings == 0)
    #expect(speakers == [2, 1, 1] && profiles == [1, 2, 1, 3])
    #expect(try await database.findings().isEmpty)
    try await database.append(Step(role: .user, name: "Ada", content: "more"))
    #expect(try await folder.open().findings().isEmpty)
  }
}
