// The pre-tokenizer of cl100k_base: cuts a text into the pieces that are encoded one by one.
//
// Problem: the published tokenizer defines its pieces by a regular expression (openai_public.py of
// tiktoken; `++`, `*+` and `?+` do not give back):
//
// 1 '(?i:[sdmt]|ll|ve|re)
// 2 [^\r\n\p{L}\p{N}]?+\p{L}++
// 3 \p{N}{1,3}+
// 4  ?[^\s\p{L}\p{N}]++[\r\n]*+
// 5 \s++$
// 6 \s*[\r\n]
// 7 \s+(?!\S)
// 8 \s
//
// The first alternative that matches at a place wins. This is the same by hand, over UTF-8. It differs
// from o200k_base in what a word is: letters of either case and no marks; a contraction is a piece by
// itself, and so is a run of white space at the end of the text.
//
// Invariant: `end(from:)` is called with a place inside the text at which a piece begins, and returns a
// greater one.
struct CL100kPieces {
  let characters: TextCharacters

  /// Where the piece that begins at `start` ends.
  @inline(__always)
  func end(from start: Int) -> Int {
    let contraction = characters.contractionEnd(from: start)
    if contraction > start { return contraction }
    let (first, next) = characters.character(at: start)
    if first.meets(.letter) { return characters.end(of: .letter, from: next) }
    if first.meets(.number) { return characters.numberEnd(from: next) }
    if !first.meets(.newline) {
      let end = characters.end(of: .letter, from: next)
      if end > next { return end }
    }
    if !first.meets(.space) { return punctuationEnd(from: next) }
    if characters.text[start] == 0x20, next < characters.count {
      let (second, afterSecond) = characters.character(at: next)
      if !second.meets(.spaceLetterOrNumber) { return punctuationEnd(from: afterSecond) }
    }
    return characters.spaceEnd(from: start, wholeAtEnd: true)
  }

  @inline(__always)
  private func punctuationEnd(from start: Int) -> Int {
    let text = characters.text
    var at = characters.end(ofOtherThan: .spaceLetterOrNumber, from: start)
    while at < characters.count, text[at] == 0x0A || text[at] == 0x0D { at &+= 1 }
    return at
  }
}
