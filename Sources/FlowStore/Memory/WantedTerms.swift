import FlowCore

/// The terms of a search, each once and in the order of their bytes.
///
/// All bytes lie in one array, and nothing is allocated for a term: a query has up to some hundred, and each
/// segment is asked for all of them.
struct WantedTerms {
  /// For each term as it was asked for, its place among the distinct ones.
  let places: [Int]
  /// Distinct and ascending, by their bytes.
  private let terms: [Term]
  private let bytes: [UInt8]
  /// By fingerprint, the first term with it, and by term the next one with the same; -1 at the end.
  private let heads: [Int32]
  private let links: [Int32]

  private struct Term {
    let prefix: UInt64
    let bytes: Range<Int>
  }

  init(_ asked: [String]) {
    var bytes: [UInt8] = []
    var all: [Term] = []
    all.reserveCapacity(asked.count)
    for text in asked {
      let start = bytes.count
      bytes.append(contentsOf: text.utf8)
      let range = start..<bytes.count
      all.append(
        Term(
          prefix: bytes.withUnsafeBytes { termPrefix(UnsafeRawBufferPointer(rebasing: $0[range])) },
          bytes: range
        )
      )
    }
    var terms: [Term] = []
    var places = [Int](repeating: 0, count: all.count)
    var heads = [Int32](repeating: -1, count: 256)
    var links: [Int32] = []
    bytes.withUnsafeBytes { raw in
      for place in all.indices.sorted(by: { Self.order(all[$0], all[$1], in: raw) < 0 }) {
        let term = all[place]
        if let last = terms.last, Self.order(last, term, in: raw) == 0 {
          places[place] = terms.count - 1
          continue
        }
        let bucket = Self.fingerprint(UnsafeRawBufferPointer(rebasing: raw[term.bytes]))
        links.append(heads[bucket])
        heads[bucket] = Int32(terms.count)
        places[place] = terms.count
        terms.append(term)
      }
    }
    self.places = places
    self.terms = terms
    self.bytes = bytes
    self.heads = heads
    self.links = links
  }

  var count: Int { terms.count }

  /// The first bytes of a term: see `termPrefix`.
  func prefix(of index: Int) -> UInt64 { terms[index].prefix }

  /// Calls `body` with the bytes of a term.
  func withBytes<Value>(
    of index: Int,
    _ body: (UnsafeRawBufferPointer) throws(FlowError) -> Value
  ) throws(FlowError) -> Value {
    let range = terms[index].bytes
    return try bytes.withUnsafeBufferPointer { all throws(FlowError) in
      try body(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: all[range])))
    }
  }

  /// How a term stands to these bytes, as `compareTerms`.
  func order(_ index: Int, to term: UnsafeRawBufferPointer) -> Int {
    bytes.withUnsafeBytes { compareTerms(UnsafeRawBufferPointer(rebasing: $0[terms[index].bytes]), term) }
  }

  /// The place of a term, or nil if it is not wanted, which costs next to nothing to find out.
  func index(of term: UnsafeRawBufferPointer) -> Int? {
    var index = heads[Self.fingerprint(term)]
    while index >= 0 {
      if order(Int(index), to: term) == 0 { return Int(index) }
      index = links[Int(index)]
    }
    return nil
  }

  private static func order(_ left: Term, _ right: Term, in bytes: UnsafeRawBufferPointer) -> Int {
    guard left.prefix == right.prefix else { return left.prefix < right.prefix ? -1 : 1 }
    return compareTerms(
      UnsafeRawBufferPointer(rebasing: bytes[left.bytes]),
      UnsafeRawBufferPointer(rebasing: bytes[right.bytes])
    )
  }

  private static func fingerprint(_ term: UnsafeRawBufferPointer) -> Int {
    guard term.count > 0 else { return 0 }
    let ends = Int(term[0]) &* 11 ^ Int(term[term.count &- 1]) &* 101
    return (term.count &* 37 ^ ends ^ Int(term[term.count &>> 1]) &* 5) & 0xFF
  }
}
