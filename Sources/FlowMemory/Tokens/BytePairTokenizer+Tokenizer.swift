public import FlowCore
public import FlowText

/// The tokenizers whose vocabulary is public count exactly.
extension BytePairTokenizer: Tokenizer {
  public var isExact: Bool { true }
}

extension BytePairTokenizer {
  /// The tokenizer of a request.
  ///
  /// - Throws: `tokenizer.unknown`, with the names that are known.
  public static func require(_ name: String) throws(FlowError) -> BytePairTokenizer {
    guard let tokenizer = named(name) else {
      throw FlowError(
        .unknownTokenizer,
        "there is no tokenizer \(name.quotedExcerpt)",
        hint: "use one of: \(names.joined(separator: ", "))"
      )
    }
    return tokenizer
  }
}
