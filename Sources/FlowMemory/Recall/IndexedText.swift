import FlowCore
import FlowText

/// What of a step is found by recall: its speaker's name and its content.
struct IndexedText: Sendable {
  let terms: [TermWeight]
  /// Terms, repeats counted.
  let length: Int

  init(_ step: Step) {
    let text = step.name.map { "\($0) \(step.content)" } ?? step.content
    let frequencies = TermAnalyzer().frequencies(in: text)
    let length = frequencies.reduce(0) { $0 + $1.count }
    self.length = length
    terms = frequencies.map {
      TermWeight(
        term: $0.term,
        weight: TermSaturation.quantized(TermSaturation.weight(frequency: $0.count, length: length))
      )
    }
  }

  /// The step as the index takes it in.
  func indexed(as id: StepID) -> IndexedStep {
    IndexedStep(id: id, terms: terms, length: length, marks: 0)
  }
}
