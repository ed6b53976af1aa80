// Spending a budget on sentences so that little is said twice.
//
// The value of a sentence is its prior times the weights of its terms; picking it halves the weights of its
// terms for all others. Values only fall, so an old value is an upper bound: the heap's first entry is
// valued again and either still is the best or sinks (lazy greedy; Minoux, 1978). A term weighs most when
// it is frequent enough to be a topic and rare enough to tell sentences apart.

/// The lazy greedy choice of sentences.
struct Coverage {
  private let terms: SentenceTerms
  private let priors: [Double]
  private let costs: [Int]
  private var weights: [Double]
  private var heap: [Entry] = []

  /// What is left of a term's weight once it has been said.
  private static let repetition = 0.5

  /// Value per cost as a fixed-point number: comparing it is exact.
  private struct Entry: Comparable {
    var density: Int
    var index: Int

    static func < (left: Entry, right: Entry) -> Bool {
      left.density != right.density ? left.density < right.density : left.index > right.index
    }
  }

  init(terms: SentenceTerms, priors: [Double], costs: [Int]) {
    self.terms = terms
    self.priors = priors
    self.costs = costs
    let count = Double(terms.sentences.count)
    weights = terms.postings.map {
      Logarithm.natural(1 + Double($0.count)) * Logarithm.natural(1 + count / Double($0.count))
    }
  }

  /// The sentences picked, in order of their place.
  mutating func select(budget: Int) -> [TextRank.Selection] {
    for index in terms.sentences.indices where !terms.sentences[index].isEmpty {
      heap.append(Entry(density: density(of: index), index: index))
    }
    heap.sort(by: >)
    var left = budget
    var picked: [TextRank.Selection] = []
    while let best = heap.first {
      guard costs[best.index] <= left, best.density > 0 else {
        removeFirst()
        continue
      }
      let density = density(of: best.index)
      guard density == best.density else {
        heap[0].density = density
        sink()
        continue
      }
      picked.append(TextRank.Selection(index: best.index, weight: value(of: best.index)))
      left -= costs[best.index]
      removeFirst()
      for term in terms.sentences[best.index] { weights[term] *= Self.repetition }
    }
    return picked.sorted { $0.index < $1.index }
  }

  private func value(of index: Int) -> Double {
    priors[index] * terms.sentences[index].reduce(0) { $0 + weights[$1] }
  }

  private func density(of index: Int) -> Int {
    Int((value(of: index) / Double(costs[index]) * 1e9).rounded())
  }

  // MARK: The heap

  private mutating func removeFirst() {
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    sink()
  }

  /// Restores the order of the heap below its first entry.
  private mutating func sink() {
    var parent = 0
    while true {
      let left = 2 * parent + 1
      guard left < heap.count else { return }
      let right = left + 1
      let child = right < heap.count && heap[right] > heap[left] ? right : left
      guard heap[child] > heap[parent] else { return }
      heap.swapAt(child, parent)
      parent = child
    }
  }
}
