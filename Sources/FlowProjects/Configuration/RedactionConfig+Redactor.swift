public import FlowCore
public import FlowText

extension RedactionConfig {
  /// What masks secrets by the built-in rules and the configured patterns, whether or not masking is on.
  ///
  /// Compiled where it is needed: most commands never mask anything.
  ///
  /// - Throws: `config.invalid`, naming the pattern by its place in the list.
  public func redactor() throws(FlowError) -> Redactor {
    var compiled: [RedactionPattern] = []
    for (index, pattern) in patterns.enumerated() {
      do throws(RedactionPatternFault) {
        compiled.append(try RedactionPattern(pattern))
      } catch {
        throw FlowError(
          .invalidConfiguration,
          "redaction.patterns[\(index)] is \(pattern.quotedExcerpt): \(error.description)",
          hint: "correct it; `flowctl redact` shows what a pattern masks",
          context: ["key": "redaction.patterns[\(index)]"]
        )
      }
    }
    return Redactor(patterns: compiled)
  }
}
