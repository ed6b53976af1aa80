/// What ranking needs to know of a step without its text.
///
/// Profiles are copied by the thousand, so there is nothing in them that is counted by reference.
public struct StepProfile: Sendable, Hashable {
  public let id: StepID
  public let ts: Timestamp
  public let sitting: Int
  /// Tokens of the content.
  public let tokens: Int
  /// Terms, repeats counted; 0 for a step that is not indexed.
  public let length: Int
  /// As they were indexed.
  public let marks: UInt32
  /// The number of the speaker: see `StepStore.speakers`.
  public let speaker: Int

  public init(
    id: StepID,
    ts: Timestamp,
    sitting: Int,
    tokens: Int,
    length: Int,
    marks: UInt32,
    speaker: Int
  ) {
    self.id = id
    self.ts = ts
    self.sitting = sitting
    self.tokens = tokens
    self.length = length
    self.marks = marks
    self.speaker = speaker
  }
}

/// Whom steps come from: a role, with or without a name.
public struct Speaker: Sendable, Hashable {
  /// Counted up from 1, in the order of first speaking.
  public let number: Int
  public let role: Step.Role
  public let name: String?
  /// How many steps come from it.
  public let steps: Int

  public init(number: Int, role: Step.Role, name: String?, steps: Int) {
    self.number = number
    self.role = role
    self.name = name
    self.steps = steps
  }
}
