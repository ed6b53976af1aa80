public import FlowCore
public import FlowText

extension RedactionConfig {
  /// What masks by the built-in rules and these patterns, whether masking is enabled or not.
  ///
  /// Patterns are compiled here, when first used: a command that sends nothing does not wait for them.
  ///
  /// - Throws: `config.invalid` that names the pattern by its index in `redaction.patterns`, from 0.
  public func redactor() throws(FlowError) -> Redactor {
    var compiled: [RedactionPattern] = []
    for (index, pattern) in patterns.enumerated() {
      do {
        compiled.append(try RedactionPattern(pattern))
      } catch {
        throw FlowError(
          .invalidConfiguration,
          "redaction.patterns[\(index)] is refused: \(error.description)",
          hint: "correct it in the configuration; docs/redaction.md says what a pattern may be",
          context: ["key": "redaction.patterns", "index": "\(index)", "reason": error.reason]
        )
      }
    }
    return Redactor(patterns: compiled)
  }
}
