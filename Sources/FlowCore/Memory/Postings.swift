/// A term of one step, with how often it stands there.
public struct TermFrequency: Sendable, Hashable {
  public let term: String
  public let frequency: Int

  public init(term: String, frequency: Int) {
    self.term = term
    self.frequency = frequency
  }
}

/// One step that holds a term.
public struct Posting: Sendable, Hashable {
  public let step: StepID
  public let frequency: Int

  public init(step: StepID, frequency: Int) {
    self.step = step
    self.frequency = frequency
  }
}

/// What ranking needs to know of a step without its text.
public struct StepProfile: Sendable, Hashable {
  public let id: StepID
  public let ts: Timestamp
  public let role: Step.Role
  public let name: String?
  public let sitting: Int
  /// Tokens of the content.
  public let tokens: Int
  /// Terms of the content, repeats counted.
  public let length: Int

  public init(
    id: StepID,
    ts: Timestamp,
    role: Step.Role,
    name: String?,
    sitting: Int,
    tokens: Int,
    length: Int
  ) {
    self.id = id
    self.ts = ts
    self.role = role
    self.name = name
    self.sitting = sitting
    self.tokens = tokens
    self.length = length
  }
}

/// Counts over the whole archive.
public struct ArchiveFigures: Sendable, Hashable {
  public let steps: Int
  public let tokens: Int
  /// Terms, repeats counted.
  public let terms: Int
  public let sittings: Int
  public let newest: StepID?

  public init(steps: Int, tokens: Int, terms: Int, sittings: Int, newest: StepID?) {
    self.steps = steps
    self.tokens = tokens
    self.terms = terms
    self.sittings = sittings
    self.newest = newest
  }
}
