import FlowCore
import FlowMemory
import FlowProjects

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

// The features of every candidate of every question, for Scripts/learn_recall_weights.py.
//
// Standard output gets a line of JSON with the names, then for each question its place in the file, the number of
// candidates and features, the ids and tokens of the candidates as 32-bit integers, and the features row by row as
// 32-bit floating point numbers, all little-endian.
struct RecallFeatures {
  let project: FlowProject
  let questions: [String]

  init(root: String, project: String, questions: String) async throws {
    self.project = try await Workspace(root: root).loadProject(try ProjectName(project))
    self.questions = try documents(of: questions, characters: 0).joined().split(separator: "\n").map {
      try JSONValue(parsing: String($0))["q"]?.string ?? ""
    }
  }

  func write() async throws {
    for (place, question) in questions.enumerated() {
      let table = try await project.recallFeatures(of: question)
      if place == 0 { put("[\(table.names.map { "\"\($0)\"" }.joined(separator: ", "))]\n".utf8) }
      var bytes: [UInt8] = []
      for number in [place, table.steps.count, table.names.count] { bytes.append(number) }
      for step in table.steps { bytes.append(step.rawValue) }
      for tokens in table.tokens { bytes.append(tokens) }
      for row in table.rows {
        for value in row {
          withUnsafeBytes(of: Float(value).bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
        }
      }
      put(bytes)
    }
  }

  private func put(_ bytes: some Sequence<UInt8>) {
    Array(bytes).withUnsafeBytes { (bytes: UnsafeRawBufferPointer) -> Void in
      var place = 0
      while place < bytes.count {
        let written = unistdWrite(STDOUT_FILENO, bytes.baseAddress?.advanced(by: place), bytes.count - place)
        guard written > 0 else { exit(1) }
        place += written
      }
    }
  }
}

private func unistdWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(file, bytes, count)
}

extension [UInt8] {
  fileprivate mutating func append(_ number: Int) {
    Swift.withUnsafeBytes(of: Int32(number).littleEndian) { append(contentsOf: $0) }
  }
}
