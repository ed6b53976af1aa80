import FlowText

/// A line of a text around the words that match a query.
///
/// Words are compared as recall compares them: by stems, and in scripts without spaces by pairs of characters. Of
/// all places the one with the most distinct terms is taken, the first of equals.
public struct Snippet: Sendable, Hashable {
  /// A piece of the line that matches, or does not.
  public struct Run: Sendable, Hashable {
    public let text: String
    public let isMatch: Bool
  }

  /// The line in pieces, in order; an ellipsis stands where the text goes on.
  public let runs: [Run]

  /// The whole line.
  public var text: String { runs.map(\.text).joined() }

  /// How many characters a line has at most, ellipses not counted.
  public static let width = 120
  /// The part of a text that is looked at, in characters: an output of megabytes must not hold up a list.
  static let reach = 20_000
  /// What stands before the first match, in characters.
  private static let lead = 24

  /// The line of a text that best fits the terms of a query.
  init(of content: String, terms: Set<String>) {
    let head = content.prefix(Snippet.reach)
    let words = Snippet.words(of: OneLine.folded(head), terms: terms)
    let best = Snippet.bestWindow(of: words)
    let isWhole = best.upperBound == words.count && head.endIndex == content.endIndex
    var runs: [Run] = []
    if best.lowerBound > 0 { runs.append(Run(text: "…", isMatch: false)) }
    var room = Snippet.width
    var isCut = false
    for word in words[best] {
      let text = String(word.text.prefix(room))
      isCut = isCut || text.count < word.text.count
      room -= text.count
      let isMatch = !word.terms.isEmpty
      if let last = runs.last, last.isMatch == isMatch {
        runs[runs.count - 1] = Run(text: last.text + text, isMatch: isMatch)
      } else if !text.isEmpty {
        runs.append(Run(text: text, isMatch: isMatch))
      }
    }
    if !isWhole || isCut { runs.append(Run(text: "…", isMatch: false)) }
    self.runs = runs
  }

  private struct Word {
    let text: Substring
    /// How many characters it has.
    let length: Int
    /// The query's terms that it holds.
    let terms: Set<String>
  }

  /// The line cut into words, spaces and punctuation, so that joining them gives it again.
  private static func words(of line: String, terms: Set<String>) -> [Word] {
    let analyzer = TermAnalyzer()
    func word(_ text: Substring) -> Word {
      let found = text.first == " " ? [] : terms.intersection(analyzer.terms(in: String(text)))
      return Word(text: text, length: text.count, terms: found)
    }
    var words: [Word] = []
    var rest = line[...]
    while let first = rest.first {
      let end = rest.firstIndex { ($0 == " ") != (first == " ") } ?? rest.endIndex
      let run = rest[..<end]
      // A sentence without spaces is one run: its matches are looked for two characters at a time.
      if run.utf8.count > 24, run.unicodeScalars.contains(where: { $0.value >= 0x0E00 }) {
        words += pairs(of: run, word)
      } else {
        words.append(word(run))
      }
      rest = rest[end...]
    }
    return words
  }

  /// Each character of a run with the terms that it forms with the one behind or before it.
  private static func pairs(of run: Substring, _ word: (Substring) -> Word) -> [Word] {
    var terms: [Set<String>] = Array(repeating: [], count: run.count)
    var index = run.startIndex
    for place in terms.indices.dropLast() {
      let end = run.index(index, offsetBy: 2)
      let found = word(run[index..<end]).terms
      terms[place].formUnion(found)
      terms[place + 1].formUnion(found)
      index = run.index(after: index)
    }
    return zip(run.indices, terms).map { index, terms in
      Word(text: run[index...index], length: 1, terms: terms)
    }
  }

  /// The words of the line to show.
  private static func bestWindow(of words: [Word]) -> Range<Int> {
    var best = (range: 0..<0, terms: 0)
    var counts: [String: Int] = [:]
    var start = 0
    var length = 0
    for end in words.indices {
      for term in words[end].terms { counts[term, default: 0] += 1 }
      length += words[end].length
      while length > width - lead, start < end {
        for term in words[start].terms {
          counts[term] = counts[term].flatMap { $0 > 1 ? $0 - 1 : nil }
        }
        length -= words[start].length
        start += 1
      }
      if counts.count > best.terms { best = (start..<(end + 1), counts.count) }
    }
    return widened(from: best.terms > 0 ? best.range : 0..<0, in: words)
  }

  /// From a little before the first match of the range to as far as the line goes.
  private static func widened(from range: Range<Int>, in words: [Word]) -> Range<Int> {
    var start = range.first { !words[$0].terms.isEmpty } ?? 0
    var before = 0
    while start > 0, before + words[start - 1].length <= lead {
      before += words[start - 1].length
      start -= 1
    }
    // A little text before the first match that fits wholly is better than an ellipsis.
    while start < words.count, words[start].text.first == " " { start += 1 }
    var end = start
    var length = 0
    while end < words.count, length < width {
      length += words[end].length
      end += 1
    }
    return start..<end
  }
}
