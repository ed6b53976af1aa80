/// The distinct terms of each sentence as numbers, given out in order of appearance.
struct SentenceTerms: Sendable {
  /// Term numbers of each sentence, each once, in order of appearance.
  let sentences: [[Int]]
  /// For each term, the sentences that hold it, in order.
  let postings: [[Int]]

  init(_ terms: [[String]]) {
    var numbers: [String: Int] = [:]
    var postings: [[Int]] = []
    sentences = terms.enumerated().map { index, words in
      var distinct: [Int] = []
      for word in words {
        let number = numbers[word] ?? numbers.count
        if number == postings.count {
          numbers[word] = number
          postings.append([])
        }
        if postings[number].last != index {
          postings[number].append(index)
          distinct.append(number)
        }
      }
      return distinct
    }
    self.postings = postings
  }
}
