import FlowCore
import Foundation
import GRDB
import Testing

@testable import FlowStore

@Suite(.timeLimit(.minutes(10))) struct `Forgetting in the memory database` {
  let folder: MemoryFolder
  let database: MemoryDatabase
  private let secret = "hunter2verysecret"

  init() throws {
    folder = try MemoryFolder()
    database = try folder.open()
  }

  private func fill(_ steps: ClosedRange<Int>, secretAt place: Int) async throws {
    try await database.write { transaction throws(FlowError) in
      for number in steps {
        let words = (0..<20).map { "word\(number * 31 % 977 + $0 * 7)" }.joined(separator: " ")
        let content = number == place ? "\(words) \(secret)" : words
        try transaction.append(
          Step(ref: "r\(number)", role: .user, content: content, meta: ["note": .string(content)]),
          sitting: number / 50 + 1
        )
      }
    }
  }

  private func forget(_ number: Int) async throws {
    let content = try await database.all(StepQuery(ref: "r\(number)"))[0].step.content
    let terms = content.split(separator: " ").map(String.init)
    try await database.write { transaction throws(FlowError) in
      try transaction.recall.remove(StepID(number), terms: terms)
      try transaction.steps.replaceContent(of: StepID(number), with: "(gone)", tokens: 2, meta: [:])
    }
    try await database.eraseDeleted()
  }

  private func traces() throws -> Int {
    try ["", "-wal"].reduce(0) { found, suffix in
      let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path + suffix))
      return found + (bytes.range(of: Data(secret.utf8)) == nil ? 0 : 1)
    }
  }

  @Test(arguments: [3, 200, 256, 257, 1000, 2047, 2100])
  func `no byte of it is left, in tail or segments`(place: Int) async throws {
    try await fill(1...2200, secretAt: place)
    #expect(try traces() > 0)
    try await forget(place)
    #expect(try traces() == 0)
    #expect(try await database.postings(of: [secret]) == [[]])
    let step = try await database.all(StepQuery(ref: "r\(place)"))[0]
    #expect(step.id.rawValue == place && step.step.content == "(gone)" && step.step.meta.isEmpty)
    let profile = try await database.read { transaction throws(FlowError) in
      try transaction.recall.profiles(of: [StepID(place)])
    }
    #expect(profile.map(\.length) == [0] && profile.map(\.marks) == [0] && profile.map(\.tokens) == [2])
    #expect(try await database.findings().isEmpty)
    #expect(try await database.all().count == 2200)
  }

  @Test func `a step indexed anew after it is found again`() async throws {
    try await fill(1...300, secretAt: 7)
    try await forget(7)
    try await database.write { transaction throws(FlowError) in
      let terms = [TermWeight(term: "gone", weight: 9)]
      try transaction.recall.add(IndexedStep(id: StepID(7), terms: terms, length: 1, marks: 5))
    }
    #expect(try await database.postings(of: ["gone"]) == [[Posting(step: 7, weight: 9)]])
    #expect(try await database.findings().isEmpty)
  }

  @Test func `somebody who reads an earlier state is named as the reason`() async throws {
    let waiting = try folder.open(lockTimeout: 0.05)
    try await fill(1...10, secretAt: 3)
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let reader = try DatabaseQueue(path: folder.path, configuration: configuration)
    try await reader.writeWithoutTransaction { try $0.execute(sql: "BEGIN; SELECT count(*) FROM step") }
    let error = await #expect(throws: FlowError.self) { try await waiting.eraseDeleted() }
    #expect(error?.code == .projectLocked)
    try await reader.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
    try await waiting.eraseDeleted()
    #expect(try folder.logSize == 0)
  }

  @Test func `a step that is not there cannot be forgotten`() async throws {
    for isIndex in [true, false] {
      let error = await #expect(throws: FlowError.self) {
        try await database.write { transaction throws(FlowError) in
          if isIndex {
            try transaction.recall.remove(StepID(9), terms: ["a"])
          } else {
            try transaction.steps.replaceContent(of: StepID(9), with: "", tokens: 0, meta: [:])
          }
        }
      }
      #expect(error?.code == .stepNotFound)
    }
  }
}
