/// Reads a prompt as Markdown and finds what stands outside of fenced code blocks (CommonMark 0.31, 4.5).
struct PromptReader {
  /// What a reader takes for the end of a line.
  enum LineEnds: CaseIterable, Sendable {
    /// Line feed, carriage return, or both: what CommonMark says.
    case commonMark
    /// All that Unicode and its users take for one.
    case any

    /// How many bytes of a line end begin here; 0 for none.
    func length(at place: Int, in bytes: [UInt8]) -> Int {
      switch bytes[place] {
      case 0x0D: return place + 1 < bytes.count && bytes[place + 1] == 0x0A ? 2 : 1
      case 0x0A: return 1
      case 0x0B, 0x0C, 0x1C...0x1E: return self == .any ? 1 : 0
      case 0xC2: return self == .any && bytes[place...].starts(with: [0xC2, 0x85]) ? 2 : 0
      case 0xE2:
        let rest = bytes[place...]
        let isEnd = rest.starts(with: [0xE2, 0x80, 0xA8]) || rest.starts(with: [0xE2, 0x80, 0xA9])
        return self == .any && isEnd ? 3 : 0
      default: return 0
      }
    }
  }

  let ends: LineEnds

  /// The lines outside of fences, and whether the last fence was closed.
  func plainLines(of text: String) -> (lines: [String], isClosed: Bool) {
    var plain: [String] = []
    var fence: (mark: UInt8, length: Int)?
    for line in lines(of: Array(text.utf8)) {
      let marks = marks(line)
      if let open = fence {
        if let marks, marks.mark == open.mark, marks.length >= open.length,
          marks.rest.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") })
        {
          fence = nil
        }
        continue
      }
      if let marks, marks.mark == UInt8(ascii: "~") || !marks.rest.contains(UInt8(ascii: "`")) {
        fence = (marks.mark, marks.length)
        continue
      }
      plain.append(String(decoding: line, as: UTF8.self))
    }
    return (plain, fence == nil)
  }

  private func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    var place = 0
    while place < bytes.count {
      let length = ends.length(at: place, in: bytes)
      if length > 0 {
        lines.append(bytes[start..<place])
        start = place + length
      }
      place += max(1, length)
    }
    if start < bytes.count { lines.append(bytes[start...]) }
    return lines
  }

  /// The fence that a line may be: up to three spaces, then three or more marks of one kind.
  private func marks(_ line: ArraySlice<UInt8>) -> (mark: UInt8, length: Int, rest: ArraySlice<UInt8>)? {
    let start = line.prefix { $0 == UInt8(ascii: " ") }.count
    let rest = line.dropFirst(start)
    guard start <= 3, let mark = rest.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else {
      return nil
    }
    let length = rest.prefix { $0 == mark }.count
    guard length >= 3 else { return nil }
    return (mark, length, rest.dropFirst(length))
  }
}
