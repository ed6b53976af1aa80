/// The terms of a search, each once and in the order of their bytes.
struct WantedTerms {
  /// Distinct and ascending.
  private let terms: [[UInt8]]
  /// For each term as it was asked for, its place among the distinct ones.
  let places: [Int]
  /// The places of the terms that share a fingerprint.
  private let buckets: [[Int]]

  init(_ asked: [String]) {
    let all = asked.map { Array($0.utf8) }
    let terms = Set(all).sorted { $0.lexicographicallyPrecedes($1) }
    let known = Dictionary(uniqueKeysWithValues: terms.indices.map { (terms[$0], $0) })
    places = all.map { known[$0] ?? 0 }
    var buckets = [[Int]](repeating: [], count: 256)
    for index in terms.indices {
      let bucket = terms[index].withUnsafeBytes { Self.fingerprint($0) }
      buckets[bucket].append(index)
    }
    self.terms = terms
    self.buckets = buckets
  }

  var count: Int { terms.count }

  subscript(_ index: Int) -> [UInt8] { terms[index] }

  /// The place of a term, or nil if it is not wanted, which costs next to nothing to find out.
  func index(of term: UnsafeRawBufferPointer) -> Int? {
    buckets[Self.fingerprint(term)].first { index in
      terms[index].withUnsafeBytes { compareTerms($0, term) == 0 }
    }
  }

  private static func fingerprint(_ term: UnsafeRawBufferPointer) -> Int {
    guard let first = term.first, let last = term.last else { return 0 }
    return (term.count &* 37 ^ Int(first) &* 11 ^ Int(last) &* 101 ^ Int(term[term.count / 2]) &* 5) & 0xFF
  }
}
