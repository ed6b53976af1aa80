/// The distinct terms of each unit, and what each term weighs.
///
/// w(t) = ln(1 + df)^a · ln(1 + N/df)^⅞ · kind: a term weighs most when few units have it, but more where it comes
/// again, for a text comes back to what it is about; a is 1 in prose, and ½ in talk, which repeats itself. Names, numbers and words of time answer the questions that
/// are asked of a text; a speaker's own name stands before each line anyway.
struct TermWeights {
  /// The terms of unit `i` are `terms[offsets[i]..<offsets[i + 1]]`.
  private(set) var terms: [Int32] = []
  private(set) var offsets: [Int] = [0]
  private(set) var weights: [Double] = []
  /// In how many units a term stands.
  private(set) var frequencies: [Int32]

  private static let name = 2.2
  private static let number = 1.5
  private static let time = 1.3
  private static let speaker = 0.5

  init(_ units: ExtractUnits, isTalk: Bool) {
    let count = units.table.termCount
    frequencies = [Int32](repeating: 0, count: count)
    var asName = [Int32](repeating: 0, count: count)
    var isTime = [Bool](repeating: false, count: count)
    var seen = [Int32](repeating: -1, count: count)
    for (number, unit) in units.units.enumerated() {
      for index in unit.words {
        let word = units.word(index)
        guard !word.terms.isEmpty else { continue }
        let isName = UnitValues.isName(index, of: unit, in: units)
        for place in word.terms {
          let term = units.table.terms[place]
          guard seen[Int(term)] != Int32(number) else { continue }
          seen[Int(term)] = Int32(number)
          terms.append(term)
          frequencies[Int(term)] += 1
          if isName { asName[Int(term)] += 1 }
          if word.traits.has(WordTraits.time) { isTime[Int(term)] = true }
        }
      }
      offsets.append(terms.count)
    }
    let total = Double(units.units.count)
    var known: [Int32: Double] = [:]
    weights = (0..<count).map { term in
      let frequency = frequencies[term]
      guard frequency > 0 else { return 0 }
      var weight = known[frequency] ?? Self.weight(Double(frequency), of: total, isTalk)
      known[frequency] = weight
      if asName[term] * 2 >= frequency {
        weight *= Self.name
      } else if units.table.isNumber[term] {
        weight *= Self.number
      } else if isTime[term] {
        weight *= Self.time
      }
      if term < units.isSpeaker.count, units.isSpeaker[term] { weight *= Self.speaker }
      return weight
    }
  }

  private static func weight(_ frequency: Double, of total: Double, _ isTalk: Bool) -> Double {
    let rarity = Logarithm.natural(1 + total / frequency)
    let topic = Logarithm.natural(1 + frequency)
    return (isTalk ? topic.squareRoot() : topic) * rarity / Root.eighth(of: rarity)
  }

  /// The terms of a unit.
  func terms(of unit: Int) -> ArraySlice<Int32> { terms[offsets[unit]..<offsets[unit + 1]] }
}

/// Roots that are the same on every machine: IEEE 754 rounds square roots exactly.
enum Root {
  static func eighth(of x: Double) -> Double { x.squareRoot().squareRoot().squareRoot() }
  static func sixteenth(of x: Double) -> Double { eighth(of: x).squareRoot() }
}
