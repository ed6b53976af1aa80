import FlowCore

/// One section of memory_cache.md: a heading, a comment that says what it is, and a text.
///
///     ## Steps 1–40 · 2024-04-12 08:15 – 11:40
///     <!-- flow m1-40 v2 by gpt-x sha256:0123456789abcdef -->
///
///     - Three CSV files came from the mirror [s3-4]
struct MemorySection: Sendable, Equatable {
  static let commentStart = "<!-- flow "
  private static let commentEnd = " -->"
  private static let hashDigits = 16

  let key: String
  let title: String
  let version: Int
  let by: String
  /// The beginning of the SHA-256 of the text as Flow wrote it.
  let sha256: String
  let body: String
  /// Whether the text is another than the one Flow wrote.
  let isModified: Bool
  /// Where its heading stands, from 1; 0 for one that comes from no file.
  var line = 0
  /// Why its text cannot be taken for what a person wants it to say.
  var obstacle: MemoryDocument.Fault?
  /// The text as it stands in the file, where it must be written back as it is.
  var rawBody: [UInt8]?

  static func == (left: MemorySection, right: MemorySection) -> Bool {
    left.bytes.elementsEqual(right.bytes)
  }

  init(_ entry: CachedResult) throws(FlowError) {
    guard let text = entry.value.string else {
      throw FlowError(
        .invalidArgument,
        "the value for \(entry.key.quotedExcerpt) is \(entry.value.described), expected a text",
        hint: "\(MarkdownCache.fileName) holds texts only"
      )
    }
    key = entry.key
    title = entry.meta["title"]?.string.flatMap(Self.oneLine) ?? Self.oneLine(entry.key) ?? "…"
    version = entry.meta["version"]?.positiveInt ?? 1
    by = entry.meta["by"]?.string ?? "flow"
    body = text
    sha256 = Self.hash(text)
    isModified = false
  }

  /// Reads a section whose comment begins with `commentStart`; nil if the comment is not of the form above.
  init?(title: String, comment: String, body: String, line: Int) {
    guard comment.hasPrefix(Self.commentStart), comment.hasSuffix(Self.commentEnd) else { return nil }
    let fields = comment.dropFirst(Self.commentStart.count).dropLast(Self.commentEnd.count)
      .split(separator: " ", omittingEmptySubsequences: false)
    guard fields.count == 5, fields[2] == "by", fields[1].first == "v",
      let version = Int(fields[1].dropFirst()), version >= 1,
      let key = String(percentDecoding: fields[0]), let by = String(percentDecoding: fields[3]),
      fields[4].hasPrefix("sha256:")
    else { return nil }
    let sha256 = fields[4].dropFirst("sha256:".count)
    guard sha256.utf8.count == Self.hashDigits, sha256.allSatisfy(\.isHexDigit) else { return nil }
    self.title = title
    self.key = key
    self.version = version
    self.by = by
    self.sha256 = String(sha256)
    self.body = body
    isModified = Self.hash(body) != sha256
    self.line = line
  }

  var readable: ReadableSection {
    ReadableSection(
      key: key,
      title: title,
      version: version,
      by: by,
      text: body,
      isModified: isModified,
      line: line,
      obstacle: obstacle?.finding
    )
  }

  func entry(created: Timestamp) -> CachedResult {
    CachedResult(
      key: key,
      value: .string(body),
      created: created,
      meta: [
        "title": .string(title),
        "version": .number(JSONNumber(version)),
        "by": .string(by),
        "modified": .bool(isModified),
      ]
    )
  }

  /// Heading, comment, blank line, text, line feed.
  var bytes: [UInt8] {
    let comment =
      "\(Self.commentStart)\(key.percentEncoded) v\(version) by \(by.percentEncoded) sha256:\(sha256)"
      + Self.commentEnd
    return Array("## \(title)\n\(comment)\n\n".utf8)
      + (rawBody ?? MemoryDocument.escaped(Array(body.utf8))) + [UInt8(ascii: "\n")]
  }

  /// White space at the ends does not count, as editors take it away or add to it.
  private static func hash(_ text: String) -> String {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    let bytes = Array(text.utf8)
    let start = bytes.firstIndex { !isSpace($0) } ?? bytes.endIndex
    let end = bytes.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? start
    return String(SHA256.hexDigest(of: bytes[start..<end]).prefix(hashDigits))
  }

  /// The text on one line, or nil where nothing of it can be seen.
  private static func oneLine(_ text: String) -> String? {
    let scalars = text.unicodeScalars.map { $0.isUnsafeToPrint ? " " : $0 }
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return nil }
    return String(String.UnicodeScalarView(scalars[first...last]))
  }
}

extension String {
  /// The text as one word that cannot end a comment: all but letters, digits and `. _ : / @ + -` of ASCII as
  /// `%` and two hexadecimal digits a byte (RFC 3986 section 2.1), and so the second of two hyphens.
  var percentEncoded: String {
    var result: [UInt8] = []
    for byte in utf8 {
      let isPlain =
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case UInt8(ascii: "-"): result.last != byte
        default: "._:/@+".utf8.contains(byte)
        }
      if isPlain {
        result.append(byte)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += Array(("%" + (byte < 16 ? "0" : "") + digits).utf8)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The text behind `percentEncoded`; nil where a percent sign is not followed by two hexadecimal digits, or
  /// the bytes are no text.
  init?(percentDecoding text: some StringProtocol) {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = rest.prefix(2)
      guard digits.count == 2, let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) else {
        return nil
      }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    self.init(validating: bytes, as: UTF8.self)
  }
}
