import FlowCore
import GRDB
import Testing

@testable import FlowStore

@Suite struct `SQLite's errors` {
  @Test(
    arguments: [
      (5, .projectLocked, .projectLocked), (517, .projectLocked, .projectLocked),
      (11, .corruptStorage, .corruptStorage), (267, .corruptStorage, .corruptStorage),
      (26, .corruptStorage, .corruptStorage), (13, .writeFailed, .readFailed),
      (778, .writeFailed, .readFailed), (14, .writeFailed, .readFailed),
      (8, .writeFailed, .internal), (7, .writeFailed, .readFailed),
      (18, .invalidStep, .invalidStep), (2067, .internal, .internal), (1, .internal, .internal),
    ] as [(Int32, FlowError.Code, FlowError.Code)]
  )
  func `each code says what happened`(code: Int32, writing: FlowError.Code, reading: FlowError.Code) {
    for (isWriting, expected) in [(true, writing), (false, reading)] {
      let error = StorageFault(file: "memory.sqlite", isWriting: isWriting).error(code)
      #expect(error.code == expected)
      #expect(error.message.contains("memory.sqlite"))
      #expect(error.context["sqlite"] == String(code))
    }
  }

  @Test func `neither SQL nor content comes through`() throws {
    let fault = StorageFault(file: "memory.sqlite", isWriting: true)
    let error = try #require(throws: FlowError.self) {
      try fault.translate {
        try DatabaseQueue().write { try $0.execute(sql: "SELECT secret FROM hidden", arguments: []) }
      }
    }
    #expect(error.code == .internal)
    #expect(!"\(error) \(error.context)".contains("secret") && !"\(error)".contains("hidden"))
  }
}
