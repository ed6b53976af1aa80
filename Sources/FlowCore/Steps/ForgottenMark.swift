/// What stands in the place of a forgotten step's content: when it was forgotten, and why.
///
/// `[forgotten 2026-11-22: pasted a key]`. A step says this and has no meta, in whatever archive it stands: the mark
/// survives export and import.
public struct ForgottenMark: Sendable, Hashable, CustomStringConvertible {
  /// The most characters (Unicode scalars) of a reason; a longer one is cut.
  public static let maximumReason = 200

  public let date: CivilDate
  /// One line.
  public let reason: String

  /// A mark for today.
  ///
  /// The reason is put on one line: runs of white space and of characters that a terminal might obey become a space.
  ///
  /// - Throws: `argument.invalid` where nothing of the reason can be seen.
  public init(date: CivilDate, reason: String) throws(FlowError) {
    let line = ForgottenMark.folded(reason)
    guard !line.isEmpty else {
      throw FlowError(.invalidArgument, "the reason is empty", hint: "say in a few words why it is forgotten")
    }
    self.date = date
    self.reason = line
  }

  /// Reads a mark; nil for any other text.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    let (start, date) = (ForgottenMark.start.utf8.count, "2026-11-22".utf8.count)
    guard bytes.count <= 4 * ForgottenMark.maximumReason + 32, bytes.count > start + date + 2,
      bytes.last == UInt8(ascii: "]"),
      let day = Timestamp(iso8601: String(decoding: bytes[start..<(start + date)], as: UTF8.self))?.date,
      let mark = try? ForgottenMark(
        date: day,
        reason: String(decoding: bytes[(start + date + 2)...].dropLast(), as: UTF8.self)
      ),
      // By bytes, so that what stands in the archive is the mark and nothing else.
      mark.description.utf8.elementsEqual(bytes)
    else { return nil }
    self = mark
  }

  public var description: String { "\(ForgottenMark.start)\(date): \(reason)]" }

  private static let start = "[forgotten "

  private static func folded(_ text: String) -> String {
    var line = String.UnicodeScalarView()
    var hasGap = false
    for scalar in text.unicodeScalars {
      guard !scalar.properties.isWhitespace, !scalar.isUnsafeToPrint else {
        hasGap = true
        continue
      }
      if hasGap, !line.isEmpty { line.append(" ") }
      hasGap = false
      line.append(scalar)
    }
    guard line.count > maximumReason else { return String(line) }
    let cut = line.prefix(maximumReason - 1)
    return String(String.UnicodeScalarView(cut.last == " " ? cut.dropLast() : cut)) + "…"
  }
}

extension Step {
  /// The mark that stands here, if the step was forgotten.
  public var forgotten: ForgottenMark? { meta.isEmpty ? ForgottenMark(content) : nil }
}
