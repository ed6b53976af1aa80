// The most telling pieces of a text within a budget of tokens, verbatim and in order, without a model.
//
// Four passes, each linear but for a heap: units are read (`UnitReader`, `OutputShape`), terms are weighed
// (`TermWeights`), priors found (`UnitValues`), and the budget spent (`UnitSelection`). Costs are tokens: the sum over
// the words of a unit, which is what a line costs up to its joints; at the end each line is counted as it will stand, and
// what does not fit is given back.
//
// Results are the same on every machine and in every process: words and terms are numbered in order of appearance, no
// hashed collection is iterated, logarithms and roots are exact or our own, values are compared as integers, and ties go
// to the earlier unit.

/// A part of a source: what one speaker said in one go, or what a tool put out.
public struct ExtractPart: Sendable {
  /// What a part is read as.
  public enum Kind: Sendable {
    /// Sentences: talk where parts have labels, prose otherwise.
    case talk
    /// Lines, by their shape.
    case toolOutput
  }

  /// Who says it, as it will stand before the line; nil for none.
  public let label: String?
  public let kind: Kind
  public let text: String

  public init(label: String?, kind: Kind = .talk, text: String) {
    self.label = label
    self.kind = kind
    self.text = text
  }
}

/// A line of an extract.
public struct ExtractLine: Sendable, Hashable {
  /// The parts it comes from; a line that joins neighbours of one label has several.
  public let parts: ClosedRange<Int>
  public let label: String?
  /// One line, without the label.
  public let text: String
  /// What it adds for what was said before, in millionths.
  public let weight: Int

  public init(parts: ClosedRange<Int>, label: String?, text: String, weight: Int) {
    self.parts = parts
    self.label = label
    self.text = text
    self.weight = weight
  }
}

/// Picks what tells most from a source.
public struct ExtractiveSummarizer: Sendable {
  /// The most bytes of a source that are read; of longer parts the beginning and the end.
  public static let mostBytes = 4 << 20
  /// A shorter summary has no line of facts.
  private static let leastBudgetOfFacts = 40

  private let count: @Sendable (String) -> Int
  private let factsPercent: Int
  private let joinedParts: Int

  /// A summarizer whose budgets are in the units of `count`, such as a tokenizer's tokens; a line of facts may have
  /// `factsPercent` of the budget.
  ///
  /// Pieces of one label that are at most `joinedParts` parts apart, with no other's between them, share a line.
  public init(factsPercent: Int = 20, joinedParts: Int = 8, count: @escaping @Sendable (String) -> Int) {
    self.factsPercent = min(max(factsPercent, 0), 100)
    self.joinedParts = joinedParts
    self.count = count
  }

  /// The lines that tell most, in the order of the source; `count` of all of them as rendered is at most `budget`.
  ///
  /// `render` gives a line as it will stand, its newline included; counts of lines must add up.
  public func lines(
    of parts: [ExtractPart],
    budget: Int,
    render: (ExtractLine) -> String
  ) -> [ExtractLine] {
    guard budget > 0, !parts.isEmpty else { return [] }
    let units = read(parts)
    guard !units.units.isEmpty else { return [] }
    let isTalk = parts.contains { $0.label != nil }
    let terms = TermWeights(units, isTalk: isTalk)
    let values = UnitValues(units, terms, isTalk: isTalk)
    var selection = UnitSelection(
      units,
      terms: terms,
      priors: values.priors,
      lineCosts: lineCosts(of: parts, render),
      cuts: !isTalk
    )
    func costOf(_ line: ExtractLine) -> Int { count(render(line)) }
    let choice = FactsChoice(units, count: count)
    let reserve = budget < Self.leastBudgetOfFacts ? 0 : min(budget * factsPercent / 100, choice.tokens + 8)
    var lines: [ExtractLine] = []
    var facts: ExtractLine?
    var factsAfter = 0
    var left = budget - reserve
    // What joined lines, and facts that are in the lines anyway, cost less than was reckoned, is spent again.
    for round in 0..<3 {
      let before = selection.order.count
      _ = selection.take(budget: left)
      guard selection.order.count > before || round == 0 else { break }
      let kept = round == 0 ? reserve : facts.map { costOf($0) } ?? 0
      lines = fit(&selection, parts, to: budget - kept, costOf)
      left = budget - kept - lines.reduce(0) { $0 + costOf($1) }
      guard round == 0, reserve > 0 else { continue }
      facts = choice.line(lackingIn: lines.map(\.text), budget: reserve + left, count: costOf)
      factsAfter = selection.order.count
      left += reserve - (facts.map { costOf($0) } ?? 0)
    }
    if let known = facts, selection.order.count > factsAfter {
      // What was taken after the facts were chosen may have said some of them.
      facts = choice.line(lackingIn: lines.map(\.text), budget: costOf(known) + max(0, left), count: costOf)
    }
    return facts.map { lines + [$0] } ?? lines
  }

  /// The line of the facts that matter most and that other texts about the parts lack, in at most `budget` as rendered;
  /// nil where there is none, or none fits.
  public func facts(
    of parts: [ExtractPart],
    lackingIn texts: [String],
    budget: Int,
    render: (ExtractLine) -> String
  ) -> ExtractLine? {
    FactsChoice(read(parts), count: count).line(lackingIn: texts, budget: budget) { count(render($0)) }
  }

  /// The lines of a selection; units taken last go until all fit.
  private func fit(
    _ selection: inout UnitSelection,
    _ parts: [ExtractPart],
    to budget: Int,
    _ costOf: (ExtractLine) -> Int
  ) -> [ExtractLine] {
    while true {
      let lines = join(selection, parts)
      let excess = lines.reduce(0) { $0 + costOf($1) } - budget
      guard excess > 0, !lines.isEmpty else { return lines }
      selection.dropLast(costing: excess)
    }
  }

  private func read(_ parts: [ExtractPart]) -> ExtractUnits {
    var reader = UnitReader(speakers: Self.distinct(parts.compactMap(\.label)), count: count)
    let share = Self.share(of: parts)
    for (number, part) in parts.enumerated() {
      var text = part.text
      text.withUTF8 { bytes in
        for piece in Self.pieces(of: bytes, share) {
          let piece = UnsafeBufferPointer(rebasing: bytes[piece])
          switch part.kind {
          case .talk: reader.readProse(piece, part: number)
          case .toolOutput: reader.readOutput(piece, part: number, joins: part.label != nil)
          }
        }
      }
    }
    return reader.result
  }

  /// The pieces that a summary may have of a text, whoever speaks and whatever put it out: for finding where else it
  /// stands.
  public static func pieces(of text: String) -> [String] {
    var text = text
    return text.withUTF8 { bytes in
      var pieces: [String] = []
      for range in Self.pieces(of: bytes, mostBytes) {
        let piece = UnsafeBufferPointer(rebasing: bytes[range])
        for callsAnyone in [false, true] {
          var reader = UnitReader(speakers: [], callsAnyone: callsAnyone) { _ in 1 }
          reader.readProse(piece, part: 0)
          if !callsAnyone { reader.readOutput(piece, part: 0, joins: false) }
          let result = reader.result
          for var unit in result.units {
            unit.note = ""
            unit.isCut = false
            pieces.append(result.text(of: unit, isCut: true))
          }
        }
      }
      return pieces
    }
  }

  private static func distinct(_ labels: [String]) -> [String] {
    var seen: Set<String> = []
    return labels.filter { seen.insert($0).inserted }
  }

  /// The most bytes that each part may have so that all have at most `mostBytes`.
  private static func share(of parts: [ExtractPart]) -> Int {
    var left = mostBytes
    let sizes = parts.map(\.text.utf8.count).sorted()
    for (index, size) in sizes.enumerated() {
      let share = left / (sizes.count - index)
      if size > share { return share }
      left -= size
    }
    return .max
  }

  /// All of a part, or three quarters of its share from the beginning and the rest from the end, cut between lines
  /// where there are some.
  private static func pieces(of bytes: UnsafeBufferPointer<UInt8>, _ share: Int) -> [Range<Int>] {
    guard bytes.count > share else { return [0..<bytes.count] }
    var head = share / 4 * 3
    var tail = bytes.count - share / 4
    let farthest = min(1 << 16, head)
    if let line = bytes[(head - farthest)..<head].lastIndex(of: 0x0A) {
      head = line
    } else {
      while head > 0, bytes[head] & 0xC0 == 0x80 { head -= 1 }
    }
    if let line = bytes[tail..<min(bytes.count, tail + farthest)].firstIndex(of: 0x0A) {
      tail = line
    } else {
      while tail < bytes.count, bytes[tail] & 0xC0 == 0x80 { tail += 1 }
    }
    return [0..<head, tail..<bytes.count]
  }

  /// What a line of each part costs beside its text.
  private func lineCosts(of parts: [ExtractPart], _ render: (ExtractLine) -> String) -> [Int] {
    let word = count(" x")
    return parts.indices.map { part in
      let line = ExtractLine(parts: part...part, label: parts[part].label, text: "x", weight: 0)
      return max(1, count(render(line)) - word)
    }
  }

  // MARK: Lines

  private func join(_ selection: UnitSelection, _ parts: [ExtractPart]) -> [ExtractLine] {
    let units = selection.units
    var lines: [ExtractLine] = []
    var open: (first: Int, last: ExtractUnit, text: String, value: Double)?
    func close() {
      guard let line = open else { return }
      lines.append(
        ExtractLine(
          parts: line.first...line.last.part,
          label: parts[line.last.part].label,
          text: line.text,
          weight: Int((line.value * 1_000_000).rounded())
        )
      )
    }
    for number in selection.order.sorted() {
      let unit = units.units[number]
      let isCut =
        !(number + 1 < units.units.count && selection.isTaken[number + 1]
        && units.units[number + 1].isContiguous)
      let text = units.text(of: unit, isCut: isCut)
      guard var line = open, isJoined(line.last, unit, parts) else {
        close()
        open = (unit.part, unit, text, selection.values[number])
        continue
      }
      let isGlued = unit.isContiguous && line.last.words.upperBound == unit.words.lowerBound
      if isGlued {
        if units.words[unit.words.lowerBound] & 1 == 0 { line.text += " " }
      } else {
        let ends = units.word(line.last.words.upperBound - 1).traits.has(
          WordTraits.stop | WordTraits.closesBracket
        )
        line.text += unit.shape != nil ? " · " : ends || unit.line != line.last.line ? " " : " … "
      }
      line.text += text
      line.last = unit
      line.value += selection.values[number]
      open = line
    }
    close()
    return lines
  }

  private func isJoined(_ last: ExtractUnit, _ next: ExtractUnit, _ parts: [ExtractPart]) -> Bool {
    if last.line == next.line { return true }
    guard let label = parts[next.part].label, parts[last.part].label == label else { return false }
    return next.part - last.part <= joinedParts
  }
}
