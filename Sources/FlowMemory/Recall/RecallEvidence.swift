import FlowCore

/// The postings of a query: of its terms, and of the terms related to each.
struct RecallLists: Sendable {
  /// In the order of the query's terms.
  let terms: [PostingList]
  /// For each of them the members of the fields that it heads.
  let members: [[PostingList]]
  /// For each of them its near-synonyms.
  let synonyms: [[PostingList]]
}

/// All that ranking goes by: the answer of gathering, after which nothing is read any more.
struct RecallEvidence: Sendable {
  let query: RecallQuery
  let table: CandidateTable
  let words: WordColumns
  /// What the second pass found of each candidate, as a share of the highest.
  let secondPass: [Double]
  /// By number.
  let speakers: [Int: Speaker]

  /// Whether anything of the query, or related to it, stands in a candidate or within two steps of it.
  func isHit(_ index: Int) -> Bool {
    words.window[index] > 0 || words.members[index] > 0 || words.synonyms[index] > 0
  }
}

/// A person who takes part by name, the user without one, or all others: an assistant, a tool, a note.
enum SpeakerClass: Sendable {
  case person, user, other

  init(_ speaker: Speaker?) {
    switch speaker?.role {
    case .user: self = speaker?.name == nil ? .user : .person
    case .assistant: self = speaker?.name == nil ? .other : .person
    case .tool, .system, .note, nil: self = .other
    }
  }
}
