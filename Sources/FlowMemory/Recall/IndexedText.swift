import FlowCore
import FlowText

/// What of a step is found by recall: its speaker's name and its content.
enum IndexedText {
  /// The terms of a step, for its postings.
  static func terms(of step: Step) -> [TermFrequency] {
    let text = step.name.map { "\($0) \(step.content)" } ?? step.content
    return TermAnalyzer().frequencies(in: text).map { TermFrequency(term: $0.term, frequency: $0.count) }
  }
}
