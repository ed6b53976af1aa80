public import FlowCore

extension FlowProject {
  /// Reads questions and finds the steps that they name: by ref, or by id (`s42`) where no step has such a ref.
  ///
  /// - Throws: `json.invalid` with the line; `step.not_found` with the first five refs that no step has.
  public func questions(jsonl bytes: [UInt8], source: String) async throws(FlowError) -> [RecallQuestion] {
    let lines = try QuestionLines(source: source).questions(in: bytes)
    return try await open().archive.read { memory throws(FlowError) in
      var questions: [RecallQuestion] = []
      var unknown: [(reference: String, line: Int)] = []
      for line in lines {
        var evidence: [StepID] = []
        for reference in line.references {
          guard let step = try FlowProject.step(reference, in: memory) else {
            unknown.append((reference, line.number))
            continue
          }
          if !evidence.contains(step) { evidence.append(step) }
        }
        questions.append(
          RecallQuestion(text: line.text, evidence: evidence, category: line.category, line: line.number)
        )
      }
      guard unknown.isEmpty else {
        let first = unknown.prefix(5).map { "\($0.reference.quotedExcerpt) (line \($0.line))" }
        let more = unknown.count > 5 ? " and \(unknown.count - 5) more" : ""
        throw FlowError(
          .stepNotFound,
          "\(source) names steps that are not in the project: \(first.joined(separator: ", "))\(more)",
          hint: "import the steps that the questions are about first, or choose their project with --project"
        )
      }
      return questions
    }
  }

  private static func step(
    _ reference: String,
    in memory: any MemoryTransaction
  ) throws(FlowError) -> StepID? {
    if let step = try memory.steps.step(ref: reference) { return step.id }
    guard case .steps(let range) = Anchor(reference), range.lowerBound == range.upperBound else { return nil }
    return try memory.steps.step(range.lowerBound)?.id
  }
}
