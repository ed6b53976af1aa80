import FlowCore

/// How much of a prompt is the beginning of the prompt before it, as a provider's prompt cache would see it.
///
/// The longest common beginning of both texts is cut back to the end of a line, and its tokens are counted. Between
/// blocks of a prompt no token reaches over the end of a line, so there the count is exact; within a fenced text whose
/// lines begin with spaces it may be one token off.
struct PrefixMeasure {
  /// Tokens of the unchanged beginning.
  let tokens: Int
  /// The kind of the section in which the prompts part; nil where all of the prompt is the beginning of the other.
  let breaksIn: Context.Kind?

  /// Compares a prompt with the one before it.
  init(of context: Context, after previous: Context, tokenizer: any Tokenizer) {
    let prefix = PrefixMeasure.commonLines(context.text, previous.text)
    let isWhole = prefix.utf8.count == context.text.utf8.count
    tokens = isWhole ? context.tokens : min(context.tokens, tokenizer.count(String(prefix)))
    guard !isWhole else {
      breaksIn = nil
      return
    }
    // Sections begin where a line begins, so their tokens add up to those of the text before them.
    var end = 0
    let tokens = tokens
    let section = context.sections.first { section in
      end += section.tokens
      return tokens < end
    }
    breaksIn = section?.kind ?? context.sections.last?.kind
  }

  /// The whole lines that both texts begin with.
  static func commonLines(_ text: String, _ other: String) -> Substring {
    var end = text.utf8.startIndex
    var index = end
    var otherIndex = other.utf8.startIndex
    while index < text.utf8.endIndex, otherIndex < other.utf8.endIndex {
      let byte = text.utf8[index]
      guard byte == other.utf8[otherIndex] else { break }
      text.utf8.formIndex(after: &index)
      other.utf8.formIndex(after: &otherIndex)
      if byte == UInt8(ascii: "\n") { end = index }
    }
    return text[..<end]
  }
}
