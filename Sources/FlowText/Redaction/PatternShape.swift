// What a regular expression can match and how often it may try, read from its text.
//
// The syntax itself was checked by the compiler of `Regex`. This reads groups, alternatives and quantifiers, and
// takes everything else as one character or, for anchors and references, as none. Where it cannot be sure it assumes
// more work and a shorter match, so that a harmless pattern may be refused, and no harmful one is taken.

/// A reader of a pattern's structure.
struct PatternShape {
  /// What a part of a pattern does.
  private struct Part {
    /// The fewest characters of a match.
    var least = 0
    /// Repetitions without an upper bound, each counted as often as it is repeated.
    var unbounded = 0
    /// It can match the same characters in several ways.
    var isVariable = false
  }

  private let scalars: [Unicode.Scalar]
  private var index = 0

  /// More make the time on a line a polynomial of too high a degree.
  private static let mostUnbounded = 3
  private static let deepest = 64

  init(_ pattern: String) { scalars = Array(pattern.unicodeScalars) }

  mutating func check() throws(RedactionPatternFault) {
    let part = try alternatives(depth: 0)
    if part.least == 0 {
      throw RedactionPatternFault(reason: "the pattern can match an empty text", position: nil)
    }
    if part.unbounded > Self.mostUnbounded {
      throw RedactionPatternFault(
        reason: "more than three repetitions without an upper bound: write {1,64} for + in some",
        position: nil
      )
    }
  }

  private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private mutating func take(_ text: String) -> Bool {
    let wanted = Array(text.unicodeScalars)
    guard scalars[index...].starts(with: wanted) else { return false }
    index += wanted.count
    return true
  }

  private mutating func alternatives(depth: Int) throws(RedactionPatternFault) -> Part {
    guard depth < Self.deepest else {
      throw RedactionPatternFault(reason: "groups are nested too deeply", position: index + 1)
    }
    var whole = try sequence(depth: depth)
    while take("|") {
      let other = try sequence(depth: depth)
      whole.least = min(whole.least, other.least)
      whole.unbounded += other.unbounded
      whole.isVariable = true
    }
    return whole
  }

  private mutating func sequence(depth: Int) throws(RedactionPatternFault) -> Part {
    var whole = Part()
    while let scalar = next, scalar != "|", scalar != ")" {
      let start = index
      var part = try atom(depth: depth)
      while let quantifier = quantifier() {
        part = try repeated(part, quantifier, at: start)
      }
      whole.least += part.least
      whole.unbounded += part.unbounded
      whole.isVariable = whole.isVariable || part.isVariable
    }
    return whole
  }

  private func repeated(
    _ part: Part,
    _ times: (least: Int, most: Int?),
    at start: Int
  ) throws(RedactionPatternFault) -> Part {
    let isOften = times.most.map { $0 > 8 } ?? true
    let isRepeated = times.most.map { $0 > 1 } ?? true
    if isOften && part.isVariable || isRepeated && part.unbounded > 0 {
      throw RedactionPatternFault(
        reason: "a repetition of what can be matched in several ways takes too long on some texts",
        position: start + 1
      )
    }
    var result = part
    result.least = min(part.least * min(times.least, 10_000), 10_000)
    if times.most == nil { result.unbounded += 1 }
    if times.most != times.least { result.isVariable = true }
    return result
  }

  // MARK: Quantifiers

  private mutating func quantifier() -> (least: Int, most: Int?)? {
    var times: (least: Int, most: Int?)
    switch next {
    case "*": times = (0, nil)
    case "+": times = (1, nil)
    case "?": times = (0, 1)
    case "{":
      guard let counted = counted() else { return nil }
      return counted
    default: return nil
    }
    index += 1
    if !take("?") { _ = take("+") }
    return times
  }

  /// `{2}`, `{2,}`, `{,3}`, `{2,3}`; any other brace is a character.
  private mutating func counted() -> (least: Int, most: Int?)? {
    let start = index
    index += 1
    let least = number()
    var most = least
    if take(",") { most = number() } else if least == nil { most = -1 }
    guard most != -1, take("}") else {
      index = start
      return nil
    }
    if !take("?") { _ = take("+") }
    return (least ?? 0, most)
  }

  private mutating func number() -> Int? {
    var value: Int?
    while let scalar = next, ("0"..."9").contains(scalar) {
      value = min((value ?? 0) * 10 + Int(scalar.value - 0x30), 100_000)
      index += 1
    }
    return value
  }

  // MARK: Atoms

  private mutating func atom(depth: Int) throws(RedactionPatternFault) -> Part {
    let scalar = scalars[index]
    index += 1
    switch scalar {
    case "(": return try group(depth: depth)
    case "[":
      skipClass()
      return Part(least: 1)
    case "\\": return escape()
    case "^", "$": return Part()
    default: return Part(least: 1)
    }
  }

  private mutating func group(depth: Int) throws(RedactionPatternFault) -> Part {
    var isAssertion = false
    if take("?") {
      if take("#") {
        while let scalar = next, scalar != ")" { index += scalar == "\\" ? 2 : 1 }
        index += 1
        return Part()
      }
      if take("=") || take("!") || take("<=") || take("<!") || take("*") {
        isAssertion = true
      } else if take("<") || take("P<") || take("'") {
        while let scalar = next, scalar != ">", scalar != "'" {
          _ = scalar
          index += 1
        }
        index += 1
      } else if !take(":"), !take(">"), !take("|") {
        // Options: `(?i)` stands alone, `(?i:` begins a group.
        while let scalar = next, scalar != ")", scalar != ":" {
          _ = scalar
          index += 1
        }
        if take(")") { return Part() }
        index += 1
      }
    }
    var part = try alternatives(depth: depth + 1)
    _ = take(")")
    if isAssertion { part.least = 0 }
    return part
  }

  /// A set may hold sets, and `]` as its first character.
  private mutating func skipClass() {
    var depth = 1
    _ = take("^")
    if next == "]" { index += 1 }
    while let scalar = next, depth > 0 {
      index += 1
      switch scalar {
      case "\\": index += 1
      case "[": depth += 1
      case "]": depth -= 1
      default: break
      }
    }
    index = min(index, scalars.count)
  }

  private mutating func escape() -> Part {
    guard let scalar = next else { return Part() }
    index += 1
    switch scalar {
    case "b", "B", "A", "z", "Z", "G", "K", "y", "Y": return Part()
    case "1"..."9", "g", "k":
      // What a reference matches may be empty and of any length.
      skipBraces()
      return Part(least: 0, unbounded: 1, isVariable: true)
    case "Q":
      let start = index
      while index < scalars.count,
        !(scalars[index] == "\\" && index + 1 < scalars.count && scalars[index + 1] == "E")
      {
        index += 1
      }
      let length = index - start
      index = min(index + 2, scalars.count)
      return Part(least: length)
    case "R", "X": return Part(least: 1, isVariable: true)
    case "x", "u", "U", "p", "P", "N", "o":
      skipBraces()
      return Part(least: 1)
    default: return Part(least: 1)
    }
  }

  private mutating func skipBraces() {
    let closing: Unicode.Scalar
    switch next {
    case "{": closing = "}"
    case "<": closing = ">"
    default: return
    }
    while let scalar = next, scalar != closing {
      _ = scalar
      index += 1
    }
    index = min(index + 1, scalars.count)
  }
}
