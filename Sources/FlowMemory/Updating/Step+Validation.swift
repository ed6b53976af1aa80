package import FlowCore

extension Step {
  /// The most bytes of UTF-8 in one step's content.
  static let maximumContentBytes = 64 << 20
  /// The most bytes of UTF-8 in a ref or a name.
  static let maximumNameBytes = 256

  /// Checks what the archive relies on.
  ///
  /// - Throws: `step.invalid`, naming the field.
  package func validate() throws(FlowError) {
    if let ref, ref.isEmpty || ref.utf8.count > Step.maximumNameBytes {
      throw FlowError(.invalidStep, "the step's ref has \(ref.utf8.count) bytes", hint: "use 1 to 256 bytes")
    }
    if let name, name.isEmpty || name.utf8.count > Step.maximumNameBytes {
      throw FlowError(
        .invalidStep,
        "the step's name has \(name.utf8.count) bytes",
        hint: "use 1 to 256 bytes"
      )
    }
    guard content.utf8.count <= Step.maximumContentBytes else {
      throw FlowError(
        .invalidStep,
        "the step's content has \(content.utf8.count) bytes, more than \(Step.maximumContentBytes)",
        hint: "store it in parts, or keep a file's path instead"
      )
    }
    if let ts, !Timestamp.range.contains(ts) {
      throw FlowError(
        .invalidStep,
        "the step's ts lies outside the years 1 to 9999",
        hint: "write it as RFC 3339"
      )
    }
  }

  /// Whether both say the same, byte for byte, in the same role.
  package func says(_ other: Step) -> Bool {
    role == other.role && content.utf8.elementsEqual(other.content.utf8)
  }
}
