// Masking takes out of a text what would harm its owner in the hands of others, before the text leaves the machine.
//
// The rules (`SecretScan`) know secrets by their form (keys with a prefix, JSON Web Tokens, PEM blocks) or by what
// stands before them (a name that says secret, a header, a URL's user). There is no rule for "looks random": commit
// ids, hashes and UUIDs are what summaries must keep. `docs/redaction.md` lists all of it.
//
// Invariants:
// - Outside of the masks no byte changes.
// - A mark is never looked into, and masking a masked text changes nothing. A mark can make its neighbourhood read
//   differently than the secret did (a pattern that asks for what follows, for one), so the text is read again until
//   nothing is found. The rules themselves never look back over a mark, so that the second reading nearly always
//   finds nothing; each reading masks bytes that none masked before, and `rounds` ends what a hostile pattern may do.
// - The rules take time linear in the text: each looks back and ahead by a bounded number of bytes, or over bytes
//   that it then passes. What holds for patterns is said at `RedactionPattern`.

/// Masks secrets: keys, tokens, PEM blocks, passwords, and what configured patterns match.
///
///     Redactor().redact("curl -u jun:hunter2 https://example.com").text
///     // curl -u jun:[masked password] https://example.com
public struct Redactor: Sendable {
  private let patterns: [RedactionPattern]

  /// - Parameter patterns: what is masked besides the built-in rules.
  public init(patterns: [RedactionPattern] = []) { self.patterns = patterns }

  private static let rounds = 16

  /// The text with its secrets masked.
  public func redact(_ text: String) -> RedactedText {
    var result = MaskedSource(text)
    for _ in 0..<Self.rounds {
      let found = masks(in: result.text)
      if found.isEmpty { break }
      result.mask(found)
    }
    return RedactedText(text: result.text, masks: result.masks)
  }

  private func masks(in text: String) -> [Mask] {
    var text = text
    let (ruled, marks) = text.withUTF8 { bytes in
      var scan = SecretScan(bytes)
      scan.read()
      return (scan.masks, scan.marks)
    }
    guard !patterns.isEmpty else { return ruled }
    var free = PatternMasks(taken: ruled.map(\.range) + marks)
    for pattern in patterns {
      for range in pattern.matches(in: text) { free.add(range) }
    }
    return (ruled + free.masks).sorted { $0.range.lowerBound < $1.range.lowerBound }
  }
}

/// The parts of patterns' matches that nothing else has taken.
private struct PatternMasks {
  private let taken: [Range<Int>]
  private var matches: [Range<Int>] = []

  init(taken: [Range<Int>]) { self.taken = taken.sorted { $0.lowerBound < $1.lowerBound } }

  mutating func add(_ range: Range<Int>) { matches.append(range) }

  var masks: [Mask] {
    var masks: [Mask] = []
    var next = 0
    var reached = 0
    for match in matches.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      var start = max(match.lowerBound, reached)
      while next < taken.count, taken[next].upperBound <= start { next += 1 }
      var place = next
      while start < match.upperBound {
        let end = place < taken.count ? min(match.upperBound, taken[place].lowerBound) : match.upperBound
        if start < end { masks.append(Mask(kind: .pattern, range: start..<end)) }
        guard place < taken.count, taken[place].lowerBound < match.upperBound else { break }
        start = max(start, taken[place].upperBound)
        place += 1
      }
      reached = max(reached, match.upperBound)
    }
    return masks
  }
}

/// A source, what was masked of it, and how it reads now.
private struct MaskedSource {
  private let source: String
  private(set) var text: String
  private(set) var masks: [Mask] = []

  init(_ source: String) {
    self.source = source
    text = source
  }

  /// Masks places of the text as it reads now; in order, without overlaps.
  mutating func mask(_ found: [Mask]) {
    var places = SourcePlaces(masks)
    let new = found.map { mask in
      let start = places.source(of: mask.range.lowerBound)
      return Mask(kind: mask.kind, range: start..<places.source(of: mask.range.upperBound))
    }
    masks = Self.merged(masks, new)
    text = Self.text(of: source, masks)
  }

  /// Both in order; an old one inside of a new one goes.
  private static func merged(_ old: [Mask], _ new: [Mask]) -> [Mask] {
    guard !old.isEmpty else { return new }
    var merged: [Mask] = []
    for mask in (old + new).sorted(by: {
      ($0.range.lowerBound, -$0.range.upperBound) < ($1.range.lowerBound, -$1.range.upperBound)
    }) {
      if let last = merged.last, mask.range.lowerBound < last.range.upperBound { continue }
      merged.append(mask)
    }
    return merged
  }

  private static func text(of source: String, _ masks: [Mask]) -> String {
    var source = source
    return source.withUTF8 { bytes in
      var output: [UInt8] = []
      output.reserveCapacity(bytes.count)
      var place = 0
      for mask in masks {
        output.append(contentsOf: bytes[place..<mask.range.lowerBound])
        output.append(contentsOf: mask.kind.mark.utf8)
        place = mask.range.upperBound
      }
      output.append(contentsOf: bytes[place...])
      return String(decoding: output, as: UTF8.self)
    }
  }
}

/// Places of a masked text as places of its source; asked for in rising order.
private struct SourcePlaces {
  private let masks: [Mask]
  private var next = 0
  /// By how much the source is ahead of the text.
  private var shift = 0

  init(_ masks: [Mask]) { self.masks = masks }

  mutating func source(of place: Int) -> Int {
    while next < masks.count {
      let start = masks[next].range.lowerBound - shift
      let end = start + masks[next].kind.mark.utf8.count
      guard place >= end else { break }
      shift = masks[next].range.upperBound - end
      next += 1
    }
    return place + shift
  }
}
