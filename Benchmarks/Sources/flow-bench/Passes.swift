import FlowText

/// Counting the same documents twice: new text first, then text that the caches have met.
struct Passes {
  private let bytes: Int
  private var tokens = 0
  private var seconds: [Double] = []

  init(of documents: [String], by tokenizer: BytePairTokenizer) {
    bytes = documents.reduce(0) { $0 + $1.utf8.count }
    // What a process does once is not part of counting.
    _ = tokenizer.count("hello")
    for _ in 0..<2 {
      let start = processorSeconds()
      tokens = documents.reduce(0) { $0 + tokenizer.count($1) }
      seconds.append(processorSeconds() - start)
    }
  }

  var json: String {
    #"{"bytes": \#(bytes), "tokens": \#(tokens), "first_s": \#(seconds[0]), "second_s": \#(seconds[1])}"#
  }
}
