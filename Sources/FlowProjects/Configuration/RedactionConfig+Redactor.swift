public import FlowCore
public import FlowText

extension RedactionConfig {
  /// The rules and the configured patterns, whether or not masking is on.
  ///
  /// Patterns are compiled here and not when the configuration is loaded: commands that mask nothing must not wait
  /// for that.
  ///
  /// - Throws: `config.invalid`, naming the pattern and the reason.
  public func redactor() throws(FlowError) -> Redactor {
    var compiled: [RedactionPattern] = []
    for (index, pattern) in patterns.enumerated() {
      do {
        compiled.append(try RedactionPattern(pattern))
      } catch {
        throw FlowError(
          .invalidConfiguration,
          "redaction.patterns[\(index)] is \(pattern.quotedExcerpt): \(error)",
          hint: "correct the pattern or remove it; docs/redaction.md says what patterns may be",
          context: ["key": "redaction.patterns[\(index)]"]
        )
      }
    }
    return Redactor(patterns: compiled)
  }
}
