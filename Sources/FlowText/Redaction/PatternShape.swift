/// What the syntax of a pattern says of the time that it can take.
enum PatternShape {
  private struct Group {
    let place: Int
    var varies = false
  }

  private static let mostVarying = 3
  private static let longest = 1000

  /// - Throws: a fault with its place where a repetition stands around what varies, or too much varies.
  static func check(_ pattern: String) throws(RedactionPatternFault) {
    let scalars = Array(pattern.unicodeScalars)
    guard !scalars.isEmpty else { throw RedactionPatternFault(reason: "it is empty") }
    guard scalars.count <= longest else {
      throw RedactionPatternFault(reason: "it is longer than \(longest) characters")
    }
    var groups = [Group(place: 0)]
    var closed: Group?
    var varying = 0
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      var next = index + 1
      var ended: Group?
      switch scalar {
      case "\\":
        next = index + 2
        // A backreference may match anything again.
        if index + 1 < scalars.count,
          ("1"..."9").contains(scalars[index + 1]) || "kg".unicodeScalars.contains(scalars[index + 1])
        {
          throw RedactionPatternFault(
            reason: "it refers back to a group, which has no bound in time",
            place: index + 1
          )
        }
      case "[": next = classEnd(scalars, index)
      case "(": groups.append(Group(place: index))
      case ")":
        guard groups.count > 1 else {
          throw RedactionPatternFault(reason: "a parenthesis closes that none opened", place: index + 1)
        }
        ended = groups.removeLast()
        if ended?.varies == true { groups[groups.count - 1].varies = true }
      case "|": groups[groups.count - 1].varies = true
      case "*", "+", "?", "{":
        // `(?` opens a group's options.
        if scalar == "?", index > 0, scalars[index - 1] == "(" { break }
        guard let repetition = repetition(scalars, index) else { break }
        next = repetition.end
        if repetition.most > 1, closed?.varies == true {
          throw RedactionPatternFault(
            reason: "it repeats a group that varies itself, which can take exponential time",
            place: index + 1
          )
        }
        guard repetition.varies else { break }
        groups[groups.count - 1].varies = true
        if repetition.most - repetition.least > 16 { varying += 1 }
      default: break
      }
      closed = ended
      index = next
    }
    guard groups.count == 1 else {
      throw RedactionPatternFault(
        reason: "a parenthesis is not closed",
        place: groups[groups.count - 1].place + 1
      )
    }
    guard varying <= mostVarying else {
      throw RedactionPatternFault(reason: "it has more than \(mostVarying) parts of varying length")
    }
  }

  /// The place behind a character class; classes may hold classes.
  private static func classEnd(_ scalars: [Unicode.Scalar], _ start: Int) -> Int {
    var depth = 0
    var index = start
    while index < scalars.count {
      switch scalars[index] {
      case "\\": index += 1
      case "[": depth += 1
      case "]":
        depth -= 1
        if depth == 0 { return index + 1 }
      default: break
      }
      index += 1
    }
    return index
  }

  /// How often a quantifier lets something stand, and its end; nil for a brace that is none.
  private static func repetition(
    _ scalars: [Unicode.Scalar],
    _ start: Int
  ) -> (least: Int, most: Int, end: Int, varies: Bool)? {
    let endless = Int.max / 2
    var (least, most, end) = (0, endless, start + 1)
    switch scalars[start] {
    case "*": break
    case "+": least = 1
    case "?": most = 1
    default:
      guard let close = scalars[start...].firstIndex(of: "}") else { return nil }
      let bounds = String(String.UnicodeScalarView(scalars[start + 1..<close]))
        .split(separator: ",", omittingEmptySubsequences: false)
      guard (1...2).contains(bounds.count), let first = bounds.first else { return nil }
      guard let low = first.isEmpty ? 0 : Int(first) else { return nil }
      least = low
      if bounds.count == 1 {
        most = low
      } else if let last = bounds.last, !last.isEmpty {
        guard let high = Int(last) else { return nil }
        most = high
      }
      end = close + 1
    }
    // Lazy or possessive.
    if end < scalars.count, scalars[end] == "?" || scalars[end] == "+" { end += 1 }
    return (least, most, end, most != least)
  }
}
