// The tables of the lexicon are read where they stand in the program: nothing is built at start-up and
// nothing is kept. A search passes once over the bytes of a table. Only a head that begins with the two
// bytes some term of the query begins with is analysed and compared, and members are analysed only on the
// lines that match. Stems keep the first two letters of a word, so the filter loses nothing; heads are base
// forms, since an irregular form need not keep them.
//
// Where several heads match at one term of the query, those of the most terms win: `martial arts` are no
// `arts`, and a `programming language` is no `language`.
//
// A line is `heads: members`, or a group without a colon, whose words are all heads and members of one
// another. A low line stands for the space inside a head of several words, which matches where all of its
// terms are in the query.

/// Words in lines, as a search reads them.
struct LexiconTable: Sendable {
  let text: StaticString

  /// The lines of a table: the words before the colon and those after it, or all of them twice.
  var lines: [(heads: [String], members: [String])] {
    text.description.split(separator: "\n").map { line in
      let parts = line.split(separator: ":", omittingEmptySubsequences: false)
      return (Self.words(of: parts[0]), Self.words(of: parts[parts.count - 1]))
    }
  }

  private static func words(of part: Substring) -> [String] { part.split(separator: " ").map(String.init) }
}

/// One query on its way through the tables.
struct LexiconSearch {
  private struct Match {
    /// Into the terms of the query: the last term of the head.
    var place: Int
    /// How many terms the head has.
    var length: Int
    var members: Slice<UnsafeBufferPointer<UInt8>>
  }

  private let terms: [String]
  private var matches: [Match] = []
  /// Whether some term of the query begins with two bytes, by six bits of each.
  private var beginnings = [Bool](repeating: false, count: 4096)
  private var scanner = TermScanner()

  init(queryTerms: [String]) {
    terms = queryTerms
    for term in queryTerms {
      let bytes = term.utf8.prefix(2)
      guard let first = bytes.first, let second = bytes.dropFirst().first else { continue }
      beginnings[Self.beginning(first, second)] = true
    }
  }

  mutating func search(_ table: LexiconTable) {
    let bytes = UnsafeBufferPointer(start: table.text.utf8Start, count: table.text.utf8CodeUnitCount)
    var start = 0
    while start < bytes.count {
      let line = readLine(bytes, from: start)
      if let head = line.head {
        matches.append(Match(place: head.place, length: head.length, members: bytes[line.members]))
      }
      start = line.members.upperBound + 1
    }
  }

  /// The terms of the query that found something, in the order of the query.
  mutating func findings() -> [(term: String, related: [String])] {
    var related = [[String]](repeating: [], count: terms.count)
    var seen = Set(terms)
    for match in matches
    where !matches.contains(where: { $0.place == match.place && $0.length > match.length }) {
      analyze(match.members)
      for term in scanner.terms where !HangulGrammar.bigrams.contains(term) && seen.insert(term).inserted {
        related[match.place].append(term)
      }
    }
    return zip(terms, related).compactMap { $1.isEmpty ? nil : (term: $0, related: $1) }
  }

  private static func beginning(_ first: UInt8, _ second: UInt8) -> Int {
    Int(first & 0x3F) << 6 | Int(second & 0x3F)
  }

  // MARK: Heads

  /// The first head of the line that matches, and where the members are.
  private mutating func readLine(
    _ bytes: UnsafeBufferPointer<UInt8>,
    from start: Int
  ) -> (head: (place: Int, length: Int)?, members: Range<Int>) {
    var head: (place: Int, length: Int)?
    var membersStart = start
    var index = start
    while index < bytes.count, bytes[index] != Mark.newline {
      var end = index
      while end < bytes.count, bytes[end] != Mark.space, bytes[end] != Mark.colon, bytes[end] != Mark.newline
      {
        end += 1
      }
      if head == nil, end - index > 1, beginnings[Self.beginning(bytes[index], bytes[index + 1])] {
        head = match(bytes[index..<end])
      }
      index = end
      guard index < bytes.count, bytes[index] != Mark.newline else { break }
      index += 1
      guard bytes[index - 1] == Mark.colon else { continue }
      membersStart = index
      index = Self.endOfLine(bytes, from: index)
    }
    return (head, membersStart..<index)
  }

  /// The place of the next newline, or the end; eight bytes at a time, since most of a table is members.
  private static func endOfLine(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    var index = start
    while index + 8 <= bytes.count {
      // A byte is zero after the exclusive or where a newline stands; the borrow marks the first of them.
      let word = UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let marked = UInt64(littleEndian: word) ^ (ones &* UInt64(Mark.newline))
      let zeros = (marked &- ones) & ~marked & (ones << 7)
      if zeros != 0 { return index + zeros.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < bytes.count, bytes[index] != Mark.newline { index += 1 }
    return index
  }

  /// The place of the head's last term and the number of its terms, if all are in the query.
  private mutating func match(_ head: Slice<UnsafeBufferPointer<UInt8>>) -> (place: Int, length: Int)? {
    analyze(head)
    var place: Int?
    for term in scanner.terms {
      guard let found = terms.firstIndex(of: term) else { return nil }
      place = found
    }
    return place.map { ($0, scanner.terms.count) }
  }

  private mutating func analyze(_ words: Slice<UnsafeBufferPointer<UInt8>>) {
    scanner.terms.removeAll(keepingCapacity: true)
    let text = String(decoding: words.lazy.map { $0 == Mark.lowLine ? Mark.space : $0 }, as: UTF8.self)
    scanner.scan(text)
  }

  private enum Mark {
    static let space = UInt8(ascii: " ")
    static let newline = UInt8(ascii: "\n")
    static let colon = UInt8(ascii: ":")
    static let lowLine = UInt8(ascii: "_")
  }
}
