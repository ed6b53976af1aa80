import FlowCore
import Foundation
import Testing

@Suite struct `JSON limits` {
  @Test func `depth at the limit is taken and one more is refused at its bracket`() throws {
    let deepest = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
    #expect(try JSONValue(parsing: deepest).serialized() == deepest)
    let error = try #require(throws: JSONError.self) { try JSONValue(parsing: "[" + deepest + "]") }
    #expect(error.reason == .tooDeep(limit: 512))
    #expect(error.offset == 512)
    #expect(error.description == "line 1, column 513: arrays and objects are nested deeper than 512")
  }

  @Test(arguments: ["[", "{\"a\":", "[{\"a\":["])
  func `a megabyte of openings is an error like any other`(opening: String) throws {
    let text = String(repeating: opening, count: 1_000_000 / opening.utf8.count)
    let error = try #require(throws: JSONError.self) { try JSONValue(parsing: text) }
    #expect(error.reason == .tooDeep(limit: 512))
  }

  @Test func `limits can be set`() throws {
    let shallow = JSONLimits(maximumDepth: 1)
    #expect(try JSONValue(parsing: "[1]", limits: shallow) == [1])
    #expect(throws: JSONError.self) { try JSONValue(parsing: "[{}]", limits: shallow) }
    #expect(throws: JSONError.self) { try JSONValue(parsing: "[]", limits: JSONLimits(maximumDepth: 0)) }
    #expect(try JSONValue(parsing: "1", limits: JSONLimits(maximumDepth: 0)) == 1)
  }

  @Test func `a document above the size limit is refused unread`() throws {
    let limits = JSONLimits(maximumBytes: 3)
    #expect(try JSONValue(parsing: "[1]", limits: limits) == [1])
    let error = try #require(throws: JSONError.self) { try JSONValue(parsing: "?   ", limits: limits) }
    #expect(error.description == "line 1, column 1: the document is larger than 3 bytes")
  }

  /// Threads of some systems have 512 KiB of stack.
  @Test func `the deepest value can be used on a small stack`() async throws {
    let text =
      String(repeating: "[{\"a\":", count: 256) + "1" + String(repeating: "}]", count: 256)
    let isEqual = try await withCheckedThrowingContinuation { continuation in
      let thread = Thread {
        continuation.resume(
          with: Result {
            let value = try JSONValue(parsing: text)
            let other = try JSONValue(parsing: value.serialized(.document(inlineDepth: 2)))
            return value == other && value.hashValue == other.hashValue && value.serialized() == text
          }
        )
      }
      thread.stackSize = 512 * 1024
      thread.start()
    }
    #expect(isEqual)
  }
}
