import FlowCore
import FlowText

/// What of a step is found by recall: its speaker's name and its content, its day, and what its form shows.
struct IndexedText: Sendable {
  let terms: [TermWeight]
  /// Terms, repeats counted.
  let length: Int
  private let marks: StepMarks

  /// Grows whenever some step would be indexed otherwise than before: an index of another version is made anew.
  static let version = TermAnalyzer.version * 100 + 1

  init(_ step: Step, ts: Timestamp) {
    let text = step.name.map { "\($0) \(step.content)" } ?? step.content
    let frequencies = TermAnalyzer().frequencies(in: text)
    let length = frequencies.reduce(0) { $0 + $1.count }
    self.length = length
    marks = StepMarks(step.content)
    terms =
      IndexedText.markTerms(marks, ts: ts)
      + frequencies.map {
        TermWeight(
          term: $0.term,
          weight: TermSaturation.quantized(TermSaturation.weight(frequency: $0.count, length: length))
        )
      }
  }

  /// The step as the index takes it in; `newTerms` is how many of its terms no step before it holds.
  func indexed(as id: StepID, newTerms: Int) -> IndexedStep {
    IndexedStep(
      id: id,
      terms: terms,
      length: length,
      marks: PackedMarks(marks, newTerms: newTerms).bits
    )
  }

  private static func markTerms(_ marks: StepMarks, ts: Timestamp) -> [TermWeight] {
    var terms = [TermWeight(term: IndexTerm.day(ts.daysSinceEpoch), weight: 1)]
    if marks.isStandingRule { terms.append(TermWeight(term: IndexTerm.rule, weight: 1)) }
    if marks.isPreference { terms.append(TermWeight(term: IndexTerm.preference, weight: 1)) }
    return terms
  }
}

/// Terms of the index that are no words: the day of a step, and that it is a rule or a preference.
///
/// They begin with a control character, which no word holds.
enum IndexTerm {
  static let rule = "\u{1}rule"
  static let preference = "\u{1}preference"

  /// The term of a day, counted from 1970-01-01.
  static func day(_ day: Int) -> String { "\u{1}d\(day)" }

  static func isMark(_ term: String) -> Bool { term.utf8.first == 1 }
}
