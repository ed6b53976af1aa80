package import FlowCore
import FlowText

/// What a step said, for finding where else it stands: in cached results, and in summaries that people edited.
///
/// White space at the ends does not count, for a secret that came by a pipe ends with a line feed. All is compared by
/// bytes.
package struct ForgottenText: Sendable {
  /// Shorter texts stand in too many places to tell anything.
  private static let telling = 8

  private let content: [UInt8]
  /// The lines, sentences and parts of sentences that tell something, white space in them folded.
  private let pieces: [[UInt8]]

  package init(_ content: String) {
    let bytes = Array(content.utf8)
    self.content = Array(ForgottenText.trimmed(bytes[...]))
    let lines = content.split(whereSeparator: \.isNewline).map(OneLine.folded)
    let sentences = SentenceSplitter().sentences(in: content).map(OneLine.folded)
    // A summary may have a part of a sentence only.
    let extracts = ExtractiveSummarizer.pieces(of: content)
    pieces = Set(lines + sentences + extracts).filter { $0.count >= ForgottenText.telling }.map {
      Array($0.utf8)
    }
  }

  /// Whether a result's value holds all of the content, or is a text of eight characters or more that stands in it.
  package func isTold(by value: JSONValue) -> Bool {
    guard !content.isEmpty else { return false }
    if let text = value.string, text.count >= ForgottenText.telling, holds(text) { return true }
    return isInside(value) || isQuoted(in: value.serialized(.compact))
  }

  /// Whether a text holds a line or a sentence of the content of eight characters or more.
  package func isTold(in text: String) -> Bool {
    let folded = Array(OneLine.folded(text).utf8)
    return pieces.contains { ForgottenText.find($0, in: folded) }
  }

  /// Whether a text holds all of the content.
  func isQuoted(in text: String) -> Bool {
    !content.isEmpty && ForgottenText.find(content, in: Array(text.utf8))
  }

  /// Whether the content holds a text.
  func holds(_ text: String) -> Bool {
    let bytes = ForgottenText.trimmed(Array(text.utf8)[...])
    return !bytes.isEmpty && ForgottenText.find(Array(bytes), in: content)
  }

  private func isInside(_ value: JSONValue) -> Bool {
    if let text = value.string { return isQuoted(in: text) }
    if let elements = value.array { return elements.contains(where: isInside) }
    return value.object?.contains { isQuoted(in: $0.key) || isInside($0.value) } ?? false
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    guard let first = bytes.firstIndex(where: { !isSpace($0) }),
      let last = bytes.lastIndex(where: { !isSpace($0) })
    else { return [] }
    return bytes[first...last]
  }

  /// Whether the bytes hold a needle that is not empty; in linear time, whatever the two hold (Knuth, Morris and Pratt
  /// 1977), for contents may be 64 MiB of anything.
  private static func find(_ needle: [UInt8], in bytes: [UInt8]) -> Bool {
    guard needle.count <= bytes.count else { return false }
    // For each beginning of the needle, how many of its last bytes are a beginning too.
    var borders = [Int32](repeating: 0, count: needle.count)
    var matched = 0
    for index in needle.indices.dropFirst() {
      while matched > 0, needle[index] != needle[matched] { matched = Int(borders[matched - 1]) }
      if needle[index] == needle[matched] { matched += 1 }
      borders[index] = Int32(matched)
    }
    matched = 0
    for byte in bytes {
      while matched > 0, byte != needle[matched] { matched = Int(borders[matched - 1]) }
      if byte == needle[matched] { matched += 1 }
      if matched == needle.count { return true }
    }
    return false
  }
}
