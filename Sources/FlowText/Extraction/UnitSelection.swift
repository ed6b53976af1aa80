// Spending a budget on units so that little is said twice.
//
// The value of a unit is its prior times the weights of its terms; taking it leaves little of the weights of its terms
// for all others. Its density is value / cost^(15/16): a little milder than value per token, which would take the shortest.
// Values only fall, so an old value is an upper bound, and the heap's first entry is valued again and either still is the
// best or sinks (lazy greedy; Minoux, 1978). One thing makes a unit dearer or cheaper: the first unit of a line pays for
// the line (its label and its anchor); then its neighbours are cheaper and are put on the heap again.

/// The lazy greedy choice of units.
struct UnitSelection {
  private(set) var units: ExtractUnits
  private let terms: TermWeights
  private let priors: [Double]
  private let costs: [Int]
  private let lineCosts: [Int]
  /// Whether the beginning of a unit may stand for it: in prose, whose sentences are long.
  private let cuts: Bool
  private var weights: [Double]
  private var isOpen: [Bool]
  private(set) var values: [Double]
  private(set) var isTaken: [Bool]
  /// The units taken, the first taken first.
  private(set) var order: [Int] = []
  private var heap: [Entry] = []

  /// What is left of a term's weight once it has been said.
  private static let repetition = 0.3

  /// The least room that a unit is cut for.
  private static let leastCut = 10
  /// The fewest words of a unit that was cut.
  private static let fewestWords = 3
  /// Tokens of the mark that says so.
  private static let cutMark = 2

  /// Value for cost as a fixed-point number: comparing it is exact.
  private struct Entry: Comparable {
    var density: Int
    var unit: Int

    static func < (left: Entry, right: Entry) -> Bool {
      left.density != right.density ? left.density < right.density : left.unit > right.unit
    }
  }

  /// `lineCosts` holds, for each part, what a line costs beside its units.
  init(_ units: ExtractUnits, terms: TermWeights, priors: [Double], lineCosts: [Int], cuts: Bool) {
    self.units = units
    self.terms = terms
    self.priors = priors
    self.lineCosts = lineCosts
    self.cuts = cuts
    costs = units.units.map { unit in max(1, unit.words.reduce(0) { $0 + units.word($1).tokens }) }
    weights = terms.weights
    isOpen = [Bool](repeating: false, count: (units.units.last?.line ?? 0) + 1)
    values = [Double](repeating: 0, count: units.units.count)
    isTaken = [Bool](repeating: false, count: units.units.count)
    heap = units.units.indices.compactMap { priors[$0] > 0 ? Entry(density: density(of: $0), unit: $0) : nil }
    heap.sort(by: >)
  }

  private func cost(of unit: Int) -> Int {
    let line = units.units[unit]
    return isOpen[line.line] ? costs[unit] : costs[unit] + lineCosts[line.part]
  }

  private func value(of unit: Int) -> Double {
    var sum = 0.0
    for index in terms.offsets[unit]..<terms.offsets[unit + 1] { sum += weights[Int(terms.terms[index])] }
    return priors[unit] * sum
  }

  private func density(of unit: Int) -> Int {
    let cost = Double(cost(of: unit))
    return Int((value(of: unit) * Root.sixteenth(of: cost) / cost * 1e9).rounded())
  }

  /// Takes the best units that fit; returns what is left of the budget.
  mutating func take(budget: Int) -> Int {
    var left = budget
    var passed: [Entry] = []
    while left > 0, let best = heap.first {
      guard !isTaken[best.unit], best.density > 0 else {
        removeFirst()
        continue
      }
      let density = density(of: best.unit)
      guard density == best.density else {
        heap[0].density = density
        sink(0)
        continue
      }
      removeFirst()
      let cost = cost(of: best.unit)
      guard cost <= left else {
        if !cut(best.unit, to: &left) { passed.append(best) }
        continue
      }
      left -= cost
      take(best.unit)
    }
    for entry in passed { push(entry) }
    return left
  }

  /// Takes the beginning of a unit that does not fit, if that is half of it at least.
  private mutating func cut(_ unit: Int, to left: inout Int) -> Bool {
    let whole = units.units[unit]
    let room = left - (cost(of: unit) - costs[unit]) - Self.cutMark
    guard cuts, left >= Self.leastCut, room * 2 >= costs[unit], whole.shape == nil else { return false }
    var end = whole.words.lowerBound
    var cost = 0
    while end < whole.words.upperBound, cost + units.word(end).tokens <= room {
      cost += units.word(end).tokens
      end += 1
    }
    guard end - whole.words.lowerBound >= Self.fewestWords, end < whole.words.upperBound else { return false }
    left -= cost + (self.cost(of: unit) - costs[unit]) + Self.cutMark
    units.units[unit].words = whole.words.lowerBound..<end
    units.units[unit].isCut = true
    take(unit)
    return true
  }

  private mutating func take(_ unit: Int) {
    isTaken[unit] = true
    values[unit] = value(of: unit)
    order.append(unit)
    for index in terms.offsets[unit]..<terms.offsets[unit + 1] {
      weights[Int(terms.terms[index])] *= Self.repetition
    }
    let line = units.units[unit].line
    guard !isOpen[line] else { return }
    isOpen[line] = true
    for step in [-1, 1] {
      var neighbour = unit + step
      while units.units.indices.contains(neighbour), units.units[neighbour].line == line {
        if !isTaken[neighbour], priors[neighbour] > 0 {
          push(Entry(density: density(of: neighbour), unit: neighbour))
        }
        neighbour += step
      }
    }
  }

  /// Leaves out the units that were taken last and cost this much; they are not taken again.
  mutating func dropLast(costing cost: Int) {
    var left = cost
    while left > 0, let unit = order.popLast() {
      isTaken[unit] = false
      left -= costs[unit]
    }
  }

  // MARK: The heap

  private mutating func push(_ entry: Entry) {
    heap.append(entry)
    var child = heap.count - 1
    while child > 0, heap[child] > heap[(child - 1) / 2] {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  private mutating func removeFirst() {
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    sink(0)
  }

  /// Restores the order of the heap below an entry.
  private mutating func sink(_ start: Int) {
    var parent = start
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
