/// The fourth stage: sections in the order of their rate of change.
///
/// What changes least stands first, so that a provider's prompt cache can keep it. Inside a section pieces are in order already.
enum Order {
  static let names = [
    "preamble", "pinned", "long_term", "short_term", "tasks", "results", "opened", "recalled", "query",
  ]

  /// The sections that hold something, ordered.
  static func sections(_ prompt: FittedPrompt) -> [SectionPacker] {
    names.compactMap { name in prompt.sections.first { $0.name == name && !$0.pieces.isEmpty } }
  }
}
