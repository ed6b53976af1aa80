import FlowCore

/// A run of whole lines of the prompt, with its exact count of tokens.
///
/// Invariant: a block begins with a character that is neither white space nor "/" and ends with a newline. The
/// pre-tokenizers of o200k_base and cl100k_base always end a piece between such blocks: a run of newlines is one
/// piece that nothing but white space or, in o200k_base, "/" can join. So the count of a prompt is the sum of its
/// blocks' counts, and fitting never has to count a prompt as a whole.
struct Block: Sendable, Hashable {
  let text: String
  let tokens: Int
}

/// Makes blocks, counting each once.
struct TokenMeter: Sendable {
  let tokenizer: any Tokenizer

  /// A block of this text, which must keep the invariant of `Block`.
  func block(_ text: String) -> Block {
    assert(text.utf8.last == 0x0A, "a block ends with a newline")
    assert(text.first.map { $0 != "/" && !$0.isWhitespace } == true, "a block begins with a plain character")
    return Block(text: text, tokens: tokenizer.count(text))
  }
}
