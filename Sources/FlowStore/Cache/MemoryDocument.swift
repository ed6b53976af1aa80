import FlowCore

// memory_cache.md is for people, so any text may stand in it; a section is only what begins with a heading line
// directly followed by Flow's comment. Texts are made from steps, which anyone may have written: a line of a text
// that begins with "## " gets a backslash in front (in Markdown it then reads as plain "## "), and one that
// begins with backslashes and "## " gets one more, so that taking one away gives every text back byte by byte.

/// The sections of memory_cache.md, and what in it cannot be read.
struct MemoryDocument: Sendable {
  /// Something that is not as Flow writes it.
  struct Fault: Sendable, Hashable {
    let line: Int
    let problem: String
    let remedy: String
    let isError: Bool

    var finding: Finding {
      Finding(
        file: MarkdownCache.fileName,
        line: line,
        problem: problem,
        remedy: remedy,
        isError: isError
      )
    }
  }

  static let schema = 1
  private static let headStart = "<!-- flow memory_cache schema "
  private static let head = Array(
    """
    \(headStart)\(schema): the long-term memory of this project. A text that you change here becomes a new \
    version of its summary, made by hand; headings and comments are Flow's. -->

    """.utf8
  )

  private static let earlierHead = Array(
    """
    \(headStart)\(schema): the long-term memory of this project. A text that you change here is kept and \
    never overwritten; headings and comments are Flow's. -->

    """.utf8
  )

  var sections: [MemorySection] = []
  private(set) var faults: [Fault] = []
  /// Whether there is text that belongs to no section, so that writing the document takes it away.
  private(set) var hasLooseText = false
  /// What stands before the first section.
  private var preamble: [UInt8]

  /// A document without sections.
  init() {
    preamble = Self.head
  }

  /// Reads the file's bytes.
  ///
  /// - Throws: `file.newer_format`.
  init(_ bytes: [UInt8]) throws(FlowError) {
    let lines = MarkdownLines(bytes)
    let heads = lines.indices.filter { lines.isSectionHead(at: $0) }
    preamble = lines.bytes(0..<(heads.first ?? lines.count))
    try checkSchema(lines.isEmpty ? "" : lines.text(0))
    for (position, head) in heads.enumerated() {
      let next = position + 1 < heads.count ? heads[position + 1] : nil
      read(lines, head, upTo: next)
    }
    if let line = lines.firstNotUTF8 { faults.append(.notUTF8(line: line + 1)) }
    renewHead()
  }

  /// Flow's own line says what this version does, not what the one did that made the file.
  private mutating func renewHead() {
    if preamble.isEmpty {
      preamble = Self.head
    } else if preamble.starts(with: Self.earlierHead) {
      preamble = Self.head + preamble.dropFirst(Self.earlierHead.count)
    }
  }

  /// The file's bytes.
  var bytes: [UInt8] {
    var bytes = preamble
    if bytes.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
    if !bytes.suffix(2).elementsEqual("\n\n".utf8) { bytes.append(UInt8(ascii: "\n")) }
    for (index, section) in sections.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: "\n")) }
      bytes += section.bytes
    }
    return bytes
  }

  /// Puts the sections in the order of the numbers in their keys: m1-40, m41-48, m49-56.
  mutating func sort() {
    sections = sections.enumerated().sorted { left, right in
      let (leftNumbers, rightNumbers) = (left.element.key.numbers, right.element.key.numbers)
      if leftNumbers == rightNumbers { return left.offset < right.offset }
      return leftNumbers.lexicographicallyPrecedes(rightNumbers)
    }.map(\.element)
  }

  private func checkSchema(_ line: String) throws(FlowError) {
    guard line.hasPrefix(Self.headStart) else { return }
    let digits = line.dropFirst(Self.headStart.count).prefix { $0.isASCII && $0.isNumber }
    guard let schema = Int(digits), schema > Self.schema else { return }
    throw FlowError(
      .newerFormat,
      "\(MarkdownCache.fileName) has format \(schema), but this version of Flow knows up to \(Self.schema)",
      hint: "use a newer version of Flow",
      context: ["file": MarkdownCache.fileName, "line": "1"]
    )
  }

  private mutating func read(_ lines: MarkdownLines, _ head: Int, upTo next: Int?) {
    let end = next ?? lines.count
    var body = lines.bytes((head + 2)..<end)
    // The blank line before the text, the line feed that ends it, and the blank line before the next heading.
    if body.first == UInt8(ascii: "\n") { body.removeFirst() }
    for _ in 0..<(next == nil ? 1 : 2) where body.last == UInt8(ascii: "\n") { body.removeLast() }
    let title = String(lines.text(head).dropFirst("## ".count))
    let text = String(decoding: Self.unescaped(body), as: UTF8.self)
    let number = head + 1
    guard var section = MemorySection(title: title, comment: lines.text(head + 1), body: text, line: number)
    else {
      hasLooseText = true
      faults.append(.brokenComment(line: number + 1, title: title))
      return
    }
    if sections.contains(where: { $0.key.utf8.elementsEqual(section.key.utf8) }) {
      hasLooseText = true
      faults.append(.secondSection(line: number, key: section.key))
      return
    }
    let strays = ((head + 2)..<end).filter { lines.isHeading(at: $0) }.map {
      Fault.strayHeading(line: $0 + 1, key: section.key)
    }
    faults += strays
    section.obstacle = strays.first
    if section.isModified {
      if let mark = ((head + 2)..<end).first(where: lines.isConflictMark) {
        let fault = Fault.conflictMark(line: mark + 1, key: section.key)
        faults.append(fault)
        section.obstacle = section.obstacle ?? fault
      }
      let comment = ((head + 2)..<end).first(where: lines.isComment)
      if section.obstacle == nil, let comment {
        let fault = Fault.strayComment(line: comment + 1, key: section.key)
        faults.append(fault)
        section.obstacle = fault
      }
      if String(validating: body, as: UTF8.self) == nil {
        section.obstacle = .notUTF8(line: (lines.firstNotUTF8 ?? head) + 1)
      }
      // Written back as it is, so that it still is in the way the next time.
      if section.obstacle != nil { section.rawBody = body }
    }
    sections.append(section)
  }
}

extension MemoryDocument {
  /// A text in which no line can be taken for a heading.
  static func escaped(_ body: [UInt8]) -> [UInt8] {
    edited(body) { line in
      line.drop { $0 == UInt8(ascii: "\\") }.starts(with: "## ".utf8) ? [UInt8(ascii: "\\")] + line : line
    }
  }

  /// The text that was escaped.
  static func unescaped(_ body: [UInt8]) -> [UInt8] {
    edited(body) { line in
      guard line.first == UInt8(ascii: "\\"),
        line.drop(while: { $0 == UInt8(ascii: "\\") }).starts(with: "## ".utf8)
      else { return line }
      return line.dropFirst()
    }
  }

  private static func edited(_ body: [UInt8], _ edit: (ArraySlice<UInt8>) -> ArraySlice<UInt8>) -> [UInt8] {
    let lines = body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return Array(lines.map(edit).joined(separator: [UInt8(ascii: "\n")]))
  }
}

extension String {
  /// The runs of digits in the text, as numbers; what is too large for one counts as the largest.
  fileprivate var numbers: [Int] {
    utf8.split { !(0x30...0x39).contains($0) }.map { Int(String(decoding: $0, as: UTF8.self)) ?? .max }
  }
}
