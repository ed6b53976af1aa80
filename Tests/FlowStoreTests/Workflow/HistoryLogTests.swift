import FlowCore
import Glibc
import Testing

@testable import FlowStore

@Suite struct `History log` {
  private func event(_ seq: Int, detail: JSONValue = nil) -> HistoryEvent {
    HistoryEvent(
      seq: seq,
      ts: Timestamp(milliseconds: Int64(seq)),
      event: .updateTask,
      user: "jun \"quoted\"\n",
      revision: seq,
      sha256: String(seq),
      detail: detail
    )
  }

  private func log(_ folder: ScratchFolder) -> HistoryLog {
    HistoryLog(path: folder("workflow_history.json"))
  }

  @Test func `what is appended is read, and the file is always an array`() throws {
    let folder = try ScratchFolder()
    let log = log(folder)
    #expect(try log.tail(limit: 5) == nil)
    for seq in 1...20 {
      try log.append([event(seq)], after: try log.tail(limit: 2))
      let values = try #require(try JSONValue(parsing: folder.bytes("workflow_history.json")).array)
      #expect(values.compactMap(HistoryEvent.init(json:)) == (1...seq).map { event($0) })
    }
    #expect(try log.tail(limit: 3)?.events == [event(18), event(19), event(20)])
    #expect(try log.tail(limit: 99)?.events.count == 20)
  }

  @Test(arguments: [1, 70_000, 300_000])
  func `events longer than what is read at once are found`(size: Int) throws {
    let folder = try ScratchFolder()
    let log = log(folder)
    let long = JSONValue.string(String(repeating: "가", count: size / 3 + 1))
    for seq in 1...3 { try log.append([event(seq, detail: long)], after: try log.tail(limit: 2)) }
    let tail = try #require(try log.tail(limit: 2))
    #expect(tail.events == [event(2, detail: long), event(3, detail: long)])
    #expect(tail.size == (try folder.bytes("workflow_history.json").count))
  }

  @Test func `reading the end does not read the rest`() throws {
    let folder = try ScratchFolder()
    let log = log(folder)
    try log.append([event(1), event(2)], after: nil)
    // A file of 100 GiB, if its hole counted: reading it as a whole would be refused.
    let end = Array(",\n\(event(3).json.serialized())\n]\n".utf8)
    let file = try OpenFile(folder("workflow_history.json"), O_RDWR)
    try file.write(end, at: 900 << 20)
    let tail = try #require(try log.tail(limit: 1))
    #expect(tail.events == [event(3)])
    #expect(tail.end == (900 << 20) + end.count - HistoryLog.closing.count)
  }

  @Test func `a file laid out anew by an editor is read and laid out again`() throws {
    let folder = try ScratchFolder()
    let log = log(folder)
    let events = (1...4).map { event($0, detail: ["before": [:], "after": ["tasks": []]]) }
    let pretty = JSONValue.array(events.map(\.json)).serialized(.pretty)
    try folder.write(pretty, to: "workflow_history.json")
    #expect(try log.tail(limit: 2)?.events == Array(events.suffix(2)))
    #expect(try log.contents()?.events == events)
    try log.append([event(5)], after: try log.tail(limit: 2))
    #expect(try log.tail(limit: 9)?.events == events + [event(5)])
    #expect(try folder.text("workflow_history.json").split(separator: "\n").count == 7)
  }

  @Test func `a last line without its line feed is kept`() throws {
    let folder = try ScratchFolder()
    let log = log(folder)
    try folder.write("[\n\(event(1).json),\n\(event(2).json)]", to: "workflow_history.json")
    #expect(try log.tail(limit: 2)?.events == [event(1), event(2)])
    try log.append([event(3)], after: try log.tail(limit: 2))
    #expect(try log.contents()?.events == [event(1), event(2), event(3)])
  }

  @Test(arguments: ["<<<<<<< HEAD", "not json", "{\"sequence\":3}", "{\"seq\":3,\n{\"seq\":4,\n{\"seq\":5,"])
  func `what is not ours is not cut`(text: String) async throws {
    let folder = try ScratchFolder()
    let log = log(folder)
    let file = "[\n\(event(1).json),\n\(event(2).json),\n\(text)\n]\n"
    try folder.write(file, to: "workflow_history.json")
    let tail = try log.tail(limit: 2)
    #expect(tail?.events == [event(1), event(2)])
    let error = await expectFlowError(.invalidHistory) { try log.append([event(3)], after: tail) }
    #expect(error?.message == "workflow_history.json line 4 is not an event")
    #expect(try folder.text("workflow_history.json") == file)
    #expect(try log.contents()?.unreadable.first == 4)
  }

  @Test func `a comma left behind by an editor is mended`() throws {
    let folder = try ScratchFolder()
    let log = log(folder)
    try folder.write("[\n\(event(1).json),\n]\n", to: "workflow_history.json")
    try log.append([event(2)], after: try log.tail(limit: 2))
    let values = try #require(try JSONValue(parsing: folder.bytes("workflow_history.json")).array)
    #expect(values.compactMap(HistoryEvent.init(json:)) == [event(1), event(2)])
  }

  @Test func `what was appended can be taken back`() throws {
    let folder = try ScratchFolder()
    let log = log(folder)
    try log.append([event(1)], after: nil)
    let before = try folder.text("workflow_history.json")
    let tail = try log.tail(limit: 2)
    try log.append([event(2), event(3)], after: tail)
    log.retract([event(2), event(3)], to: tail)
    #expect(try folder.text("workflow_history.json") == before)
    log.retract([event(1)], to: nil)
    #expect(!folder.exists("workflow_history.json"))
  }

  @Test func `a link in the file's place is read but not written through`() async throws {
    let folder = try ScratchFolder()
    try HistoryLog(path: folder("elsewhere")).append([event(1)], after: nil)
    try #require(symlink(folder("elsewhere"), folder("workflow_history.json")) == 0)
    let log = log(folder)
    let tail = try log.tail(limit: 1)
    #expect(tail?.events == [event(1)])
    await expectFlowError(.readFailed) { try log.append([event(2)], after: tail) }
    #expect(try HistoryLog(path: folder("elsewhere")).contents()?.events == [event(1)])
  }
}
