/// Reads a prompt as Markdown and finds what stands outside of fenced code blocks (CommonMark 0.31, 4.5).
struct PromptReader {
  /// What a reader takes for the end of a line.
  enum LineEnds: CaseIterable, Sendable {
    /// Line feed, carriage return, or both: what CommonMark says.
    case commonMark
    /// All that Unicode and its users take for one.
    case any

    func contains(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.value {
      case 0x0A, 0x0D: true
      case 0x0B, 0x0C, 0x1C...0x1E, 0x85, 0x2028, 0x2029: self == .any
      default: false
      }
    }
  }

  let ends: LineEnds

  /// The lines outside of fences, and whether the last fence was closed.
  func plainLines(of text: String) -> (lines: [String], isClosed: Bool) {
    var plain: [String] = []
    var fence: (mark: Unicode.Scalar, length: Int)?
    for line in lines(of: text) {
      if let open = fence {
        if let closing = marks(line), closing.mark == open.mark, closing.length >= open.length,
          closing.rest.allSatisfy({ $0 == " " || $0 == "\t" })
        {
          fence = nil
        }
        continue
      }
      if let opening = marks(line), opening.mark == "~" || !opening.rest.contains("`") {
        fence = (opening.mark, opening.length)
        continue
      }
      plain.append(line)
    }
    return (plain, fence == nil)
  }

  private func lines(of text: String) -> [String] {
    var lines: [String] = []
    var line = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      if ends.contains(scalar) {
        if !(scalar == "\n" && previous == "\r") { lines.append(String(line)) }
        line = String.UnicodeScalarView()
      } else {
        line.append(scalar)
      }
      previous = scalar
    }
    if !line.isEmpty { lines.append(String(line)) }
    return lines
  }

  /// The fence that a line may be: up to three spaces, then three or more marks of one kind.
  private func marks(
    _ line: String
  ) -> (mark: Unicode.Scalar, length: Int, rest: Substring.UnicodeScalarView)? {
    let scalars = line.unicodeScalars
    let start = scalars.prefix { $0 == " " }.count
    let rest = scalars.dropFirst(start)
    guard start <= 3, let mark = rest.first, mark == "`" || mark == "~" else { return nil }
    let length = rest.prefix { $0 == mark }.count
    guard length >= 3 else { return nil }
    return (mark, length, rest.dropFirst(length))
  }
}
