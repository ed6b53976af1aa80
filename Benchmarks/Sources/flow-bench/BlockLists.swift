import FlowText

// Whether the count of a prompt is the sum of its blocks' counts, and what that saves.
//
// A block, as the renderer makes it, ends in a newline and begins with a character that is neither white
// space nor a slash. The lists here share blocks as prompts do: a list is 20 of 2,000 blocks.
struct BlockLists {
  private static let blocksInList = 20

  private let count: Int
  private var differences = 0
  private var whole = 0.0
  private var sums = 0.0

  init(count: Int, seed: UInt64, by tokenizer: BytePairTokenizer) {
    self.count = count
    var random = SeededGenerator(state: seed)
    let blocks = (0..<2_000).map { _ in Self.block(using: &random) }
    var start = processorSeconds()
    // What an archive keeps with each block.
    let tokens = blocks.map(tokenizer.count)
    sums += processorSeconds() - start
    for _ in 0..<count {
      let list = (0..<Self.blocksInList).map { _ in Int.random(in: blocks.indices, using: &random) }
      let prompt = list.map { blocks[$0] }.joined()
      start = processorSeconds()
      let counted = tokenizer.count(prompt)
      let middle = processorSeconds()
      let summed = list.reduce(0) { $0 + tokens[$1] }
      sums += processorSeconds() - middle
      whole += middle - start
      if counted != summed { differences += 1 }
    }
  }

  var json: String {
    #"{"lists": \#(count), "differences": \#(differences), "whole_s": \#(whole), "sum_s": \#(sums)}"#
  }

  private static func block(using random: inout SeededGenerator) -> String {
    let heads = ["#", "- ", "[", "a", "Z", "7", "é", "中", "`", "'s", "(", "\u{301}", "<|", "😀", ".", "x/"]
    let parts = [
      "the", " agent", " wrote", "'s", "'LL", " 12345", "\n", "\n\n", "  ", "\t", "/", " /", ".\n", "...",
      " 中文", "한국어",
      "é", "\u{301}", "—", "{\"k\": 1}", "ABCdef", "\r\n", "\u{A0}", "\u{3000}", "😀", "_", "))", "=====",
    ]
    let length = Int.random(in: 1...30, using: &random)
    let body = (0..<length).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
    return (heads.randomElement(using: &random) ?? "") + body + "\n"
  }
}

/// SplitMix64, so that a run can be made again.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
