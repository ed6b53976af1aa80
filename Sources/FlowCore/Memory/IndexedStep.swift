/// A term of one step, with how much it tells there.
public struct TermWeight: Sendable, Hashable {
  public let term: String
  /// 1 to 255; what it measures is the caller's, and opaque to the index.
  public let weight: UInt8

  public init(term: String, weight: UInt8) {
    self.term = term
    self.weight = weight
  }
}

/// A step as the recall index takes it in.
public struct IndexedStep: Sendable, Hashable {
  public let id: StepID
  /// Distinct, told apart by bytes.
  public let terms: [TermWeight]
  /// Terms, repeats counted.
  public let length: Int
  /// Bits that the caller reads and the index only keeps.
  public let marks: UInt32

  public init(id: StepID, terms: [TermWeight], length: Int, marks: UInt32) {
    self.id = id
    self.terms = terms
    self.length = length
    self.marks = marks
  }
}
