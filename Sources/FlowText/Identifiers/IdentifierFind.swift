/// A find of one rule, before overlapping ones are weighed against each other and before any text is copied.
struct IdentifierFind {
  var kind: Identifier.Kind
  var start: Int
  var end: Int
  var weight: Int
  /// The normal form, where the rule has read it anyway; else it is made from the text.
  var normal: String?
  /// A command or a quotation: what is found inside stands beside it.
  var isContainer = false

  init(_ kind: Identifier.Kind, _ start: Int, _ end: Int, _ weight: Int, normal: String? = nil) {
    self.kind = kind
    self.start = start
    self.end = end
    self.weight = weight
    self.normal = normal
  }

  static func container(_ kind: Identifier.Kind, _ range: Range<Int>, _ weight: Int) -> IdentifierFind {
    var find = IdentifierFind(kind, range.lowerBound, range.upperBound, weight)
    find.isContainer = true
    return find
  }
}

/// Which of overlapping finds stand.
enum IdentifierOverlaps {
  /// Puts the finds from `first` on in order, the longer or else the heavier of those that overlap.
  ///
  /// Containers stand beside what they hold, unless it is the same text.
  static func resolve(_ finds: inout [IdentifierFind], from first: Int) {
    guard finds.count - first > 1 else { return }
    finds[first...].sort { left, right in
      if left.start != right.start { return left.start < right.start }
      if left.end != right.end { return left.end > right.end }
      if left.isContainer != right.isContainer { return left.isContainer }
      return rank(left) > rank(right)
    }
    var kept = first
    var lastPlain = -1
    var lastContainer = -1
    for index in first..<finds.count {
      let find = finds[index]
      if find.isContainer {
        if lastContainer >= 0, finds[lastContainer].end > find.start,
          finds[lastContainer].end < find.end || finds[lastContainer].kind == find.kind
        {
          continue
        }
      } else {
        if isWithin(find, lastContainer, finds), find.kind == .command { continue }
        if lastContainer == kept - 1, lastContainer >= 0, finds[lastContainer].start == find.start,
          finds[lastContainer].end == find.end
        {
          // The container adds nothing to what it holds.
          kept -= 1
          lastContainer = -1
        }
        if lastPlain >= 0, finds[lastPlain].end > find.start {
          let last = finds[lastPlain]
          let isBetter = (find.end - find.start, rank(find)) > (last.end - last.start, rank(last))
          if isBetter, lastPlain == kept - 1 { finds[lastPlain] = find }
          continue
        }
      }
      finds[kept] = find
      if find.isContainer { lastContainer = kept } else { lastPlain = kept }
      kept += 1
    }
    finds.removeSubrange(kept...)
  }

  /// A date is a date even where it could be a name: Jun, May.
  private static func rank(_ find: IdentifierFind) -> Int {
    find.kind == .date ? find.weight + 1000 : find.weight
  }

  private static func isWithin(_ find: IdentifierFind, _ container: Int, _ finds: [IdentifierFind]) -> Bool {
    container >= 0 && finds[container].kind == .command && finds[container].end >= find.end
  }
}
