// The pre-tokenizer of o200k_base: cuts a text into the pieces that are encoded one by one.
//
// Problem: the published tokenizer defines its pieces by a regular expression with backtracking
// (openai_public.py of tiktoken):
//
// 1 [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?
// 2 [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?
// 3 \p{N}{1,3}
// 4  ?[^\s\p{L}\p{N}]+[\r\n/]*
// 5 \s*[\r\n]+
// 6 \s+(?!\S)
// 7 \s+
//
// The first alternative that matches at a place wins. This is the same by hand, over UTF-8, with a
// bounded number of looks at a character.
//
// Design. Call U = Lu Lt, C = Ll, B = Lm Lo M, so that 1 is  prefix? (U|B)* (C|B)+  and 2 is
// prefix? (U|B)+ (C|B)*.
// - A word: run over (U|B). If a C follows, run on over (C|B) and stop. If none does, 1 gives back
//   characters until it can take a B: the word ends after the last B of the run. Without a B,
//   alternative 1 fails and 2 takes the whole run of U.
// - The optional prefix is tried before its absence, and 1 with and without it before 2. The
//   difference shows only for a mark, which may be the prefix as well as part of the word: where 1
//   fails behind it, 1 matches without a prefix and takes the mark alone.
//
// Invariant: `end(from:)` is called with a place inside the text at which a piece begins, and returns a
// greater one.
struct O200kPieces {
  let characters: TextCharacters

  /// Where the piece that begins at `start` ends.
  @inline(__always)
  func end(from start: Int) -> Int {
    let (first, next) = characters.character(at: start)
    if first.meets(.letter) {
      // A letter is a word, with or without company, so there always is an end.
      return wordEnd(from: start, prefix: CharacterClass(rawValue: 0)) ?? next
    }
    if first.meets(.number) { return characters.numberEnd(from: next) }
    if !first.meets(.newline), let end = wordEnd(from: next, prefix: first) { return end }
    if !first.meets(.space) { return punctuationEnd(from: next) }
    if characters.text[start] == 0x20, next < characters.count {
      let (second, afterSecond) = characters.character(at: next)
      if !second.meets(.spaceLetterOrNumber) { return punctuationEnd(from: afterSecond) }
    }
    return characters.spaceEnd(from: start, wholeAtEnd: false)
  }

  /// The end of a word whose letters begin at `start`, or nil if there is no word.
  ///
  /// `prefix` is the class of the character before, or empty without one: what matters is whether it
  /// is a mark.
  @inline(__always)
  private func wordEnd(from start: Int, prefix: CharacterClass) -> Int? {
    var at = start
    var lastUncased = -1
    while at < characters.count {
      let (found, next) = characters.character(at: at)
      if found.meets(.upperOrUncased) {
        if !found.meets(.upper) { lastUncased = next }
        at = next
      } else if found.meets(.lower) {
        let end = characters.end(of: .lowerOrUncased, from: next)
        return characters.contractionEnd(from: end)
      } else {
        break
      }
    }
    if lastUncased >= 0 { return characters.contractionEnd(from: lastUncased) }
    if prefix.meets(.mark) { return characters.contractionEnd(from: start) }
    return at > start ? characters.contractionEnd(from: at) : nil
  }

  @inline(__always)
  private func punctuationEnd(from start: Int) -> Int {
    let text = characters.text
    var at = characters.end(ofOtherThan: .spaceLetterOrNumber, from: start)
    while at < characters.count, text[at] == 0x0A || text[at] == 0x0D || text[at] == 0x2F { at &+= 1 }
    return at
  }
}
