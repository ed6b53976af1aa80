import FlowCore
import Testing

@testable import FlowStore
import RandomSupport

@Suite(.timeLimit(.minutes(10))) struct `Markdown cache` {
  private let folder: ScratchFolder
  private let cache: MarkdownCache
  private let file = "cache/memory_cache.md"

  init() throws {
    folder = try ScratchFolder()
    cache = MarkdownCache(folder: folder.path, project: try ProjectName("demo"))
  }

  private func section(
    _ key: String,
    _ body: String,
    title: String = "Steps",
    version: Int = 1,
    by: String = "textrank"
  ) -> CachedResult {
    CachedResult(
      key: key,
      value: .string(body),
      created: Timestamp(milliseconds: 0),
      meta: ["title": .string(title), "version": .number(JSONNumber(version)), "by": .string(by)]
    )
  }

  @Test func `sections are laid out for people, oldest steps first`() async throws {
    try await cache.set([
      section("m41-48", "- B [s41]", title: "Steps 41–48"),
      section("m1-40", "- A [s3-4]\n- 가 [s5]", title: "Steps 1–40 · 2024-04-12", version: 2, by: "gpt-x"),
    ])
    let text = """
      <!-- flow memory_cache schema 1: the long-term memory of this project. A text that you change here \
      becomes a new version of its summary, made by hand; headings and comments are Flow's. -->

      ## Steps 1–40 · 2024-04-12
      <!-- flow m1-40 v2 by gpt-x sha256:\(hash("- A [s3-4]\n- 가 [s5]")) -->

      - A [s3-4]
      - 가 [s5]

      ## Steps 41–48
      <!-- flow m41-48 v1 by textrank sha256:\(hash("- B [s41]")) -->

      - B [s41]

      """
    #expect(try folder.text(file) == text)
    let first = try #require(try await cache.get("m1-40"))
    #expect(first.value == "- A [s3-4]\n- 가 [s5]")
    #expect(
      first.meta == ["title": "Steps 1–40 · 2024-04-12", "version": 2, "by": "gpt-x", "modified": false]
    )
    #expect(try await cache.entries().map(\.key) == ["m1-40", "m41-48"])
    #expect(await cache.findings() == [])
  }

  private func hash(_ text: String) -> String { String(SHA256.hexDigest(of: text.utf8).prefix(16)) }

  static let bodies = [
    "", "\n", "\n\n\n", " ", "a\n", "\na", "a\r\nb", "a\rb\r", "## a heading",
    "x\n## a\n\\## b\n\\\\## c\n\\ ## d",
    "## a\n<!-- flow m1-2 v1 by x sha256:0123456789abcdef -->\n\nposing as a section",
    "## a\n<!-- flow m1-2 v1 by x sha256:0123456789abcdef -->\r\n", "<!-- flow memory_cache schema 9",
    "```\n## not closed", "\u{FEFF}## bom", "\u{2028}## x", "e\u{301}", "nul \0 and \u{7F}", "<!--", "-->",
  ]

  @Test(arguments: bodies)
  func `any text comes back byte by byte, alone and among others`(body: String) async throws {
    try await cache.set([section("m2", body)])
    #expect(try await cache.get("m2")?.value == .string(body))
    try await cache.set([section("m1", body), section("m3", body)])
    for key in ["m1", "m2", "m3"] {
      let entry = try #require(try await cache.get(key))
      #expect(entry.value == .string(body))
      #expect(entry.meta["modified"] == false)
    }
    #expect(try await cache.entries().count == 3)
    #expect(await cache.findings() == [])
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `random texts come back byte by byte`(seed: UInt64) async throws {
    var generator = SeededRandom(seed: seed)
    let pieces = [
      "## ", "\\", "\n", "\r", " ", "a", "가", "<!-- flow ", " -->", "m1 v1 by x sha256:0123456789abcdef",
    ]
    var sections: [CachedResult] = []
    for number in 0..<100 {
      let count = Int.random(in: 0..<30, using: &generator)
      let body = (0..<count).map { _ in pieces.randomElement(using: &generator)! }.joined()
      sections.append(section("m\(number)", body))
    }
    try await cache.set(sections)
    #expect(try await cache.entries().map(\.value) == sections.map(\.value), "seed \(seed)")
    #expect(try await cache.faults() == [], "seed \(seed)")
  }

  @Test(arguments: ["key with space", "", "a--b-->", "%", "이름", "a\nb", "m1-40"])
  func `any key and name comes back`(text: String) async throws {
    try await cache.set(section(text, "body", by: text))
    let entry = try #require(try await cache.get(text))
    #expect(entry.key == text && entry.meta["by"] == .string(text))
    #expect(try await cache.remove([text]) == [text])
    #expect(try await cache.entries() == [])
  }

  @Test(arguments: ["two\nlines", "  ends  ", "", "\u{202E}turned"])
  func `a title is one line`(title: String) async throws {
    try await cache.set(section("m1", "body", title: title))
    let entry = try #require(try await cache.get("m1"))
    let line = try #require(entry.meta["title"]?.string)
    #expect(!line.isEmpty && !line.contains("\n") && entry.value == "body")
    try await cache.set(section("m2", "body"))
    #expect(try await cache.get("m1")?.meta["title"] == .string(line))
  }

  @Test func `a text that a person changed is told from Flow's`() async throws {
    try await cache.set([section("m1", "- one"), section("m2", "- two")])
    let edited = try folder.text(file).replacing("- one", with: "- One, as it was.\n\n## Why\n- more")
    try folder.write(edited, to: file)
    #expect(try await cache.get("m1")?.value == "- One, as it was.\n\n## Why\n- more")
    #expect(try await cache.entries().map { $0.meta["modified"] } == [true, false])
    #expect(await cache.findings().allSatisfy { !$0.isError })
    // Writing another section keeps both the text and the knowledge that it was changed.
    try await cache.set(section("m3", "- three"))
    #expect(try await cache.get("m1")?.value == "- One, as it was.\n\n## Why\n- more")
    #expect(try await cache.entries().map { $0.meta["modified"] } == [true, false, false])
    try await cache.set(section("m1", "- again", version: 2))
    #expect(try await cache.get("m1")?.meta["modified"] == false)
  }

  @Test func `an editor's way of ending lines and files is no change`() async throws {
    try await cache.set([section("m1", "- one\n- two"), section("m2", "- three")])
    let text = try folder.text(file)
    for variant in [text.replacing("\n", with: "\r\n"), text + "\n\n", String(text.dropLast())] {
      try folder.write(variant, to: file)
      let entries = try await cache.entries()
      #expect(entries.map { $0.meta["modified"] } == [false, false])
      #expect(entries.first?.value == "- one\n- two")
      #expect(try await cache.faults() == [])
    }
  }

  @Test(arguments: [
    "<!-- flow m2 v1 by x -->", "<!-- flow m2 v0 by x sha256:0123456789abcdef -->",
    "<!-- flow m2 v1 by x sha256:0123456789abcdeg -->", "<!-- flow ",
    "<!-- flow %zz v1 by x sha256:0123456789abcdef -->",
  ])
  func `a section whose comment is broken is skipped, named, and written anew`(comment: String) async throws {
    try await cache.set([section("m1", "- one"), section("m2", "- two"), section("m3", "- three")])
    let text = try folder.text(file)
    let broken = text.replacing("<!-- flow m2 v1 by textrank sha256:\(hash("- two")) -->", with: comment)
    try #require(broken != text)
    try folder.write(broken, to: file)
    #expect(try await cache.entries().map(\.key) == ["m1", "m3"])
    let fault = try #require(try await cache.faults().first)
    #expect(fault.isError && fault.line == 9 && fault.file == file)
    try await cache.set(section("m2", "- two"))
    #expect(try folder.text(file) == text)
  }

  @Test func `a second section under a key is named, the first counts`() async throws {
    try await cache.set(section("m1", "- one"))
    let text = try folder.text(file)
    let start = try #require(text.firstRange(of: "## "))
    try folder.write(text + "\n" + text[start.lowerBound...].replacing("one", with: "two"), to: file)
    #expect(try await cache.entries().map(\.value) == ["- one"])
    #expect(await cache.findings().map(\.line) == [8])
  }

  @Test func `what stands before the sections is kept`() async throws {
    try Folder.create(folder("cache"))
    try folder.write("# My notes\n\n## A heading of mine", to: file)
    try await cache.set(section("m1", "- one"))
    #expect(try folder.text(file).hasPrefix("# My notes\n\n## A heading of mine\n\n## Steps\n<!-- flow m1 "))
    #expect(try await cache.clear() == 1)
    #expect(try folder.text(file) == "# My notes\n\n## A heading of mine\n\n")
  }

  @Test func `a newer file is refused and left alone`() async throws {
    try Folder.create(folder("cache"))
    let text = "<!-- flow memory_cache schema 2: -->\n"
    try folder.write(text, to: file)
    await expectFlowError(.newerFormat) { try await cache.set(section("m1", "- one")) }
    #expect(try folder.text(file) == text)
    #expect(await cache.findings().map(\.isError) == [true])
  }

  @Test func `bytes that are no text are named`() async throws {
    try await cache.set(section("m1", "- one"))
    try folder.write(try folder.bytes(file).dropLast() + [0xFF, 0x0A], to: file)
    #expect(try await cache.get("m1")?.value == "- one\u{FFFD}")
    #expect(try await cache.faults().map(\.isError) == [true])
  }

  @Test func `a value that is no text is refused`() async throws {
    let number = CachedResult(key: "m1", value: 1, created: Timestamp(milliseconds: 0))
    await expectFlowError(.invalidArgument) { try await cache.set([section("m2", "x"), number]) }
    #expect(!folder.exists(file))
  }

  @Test func `an empty cache makes no file`() async throws {
    #expect(try await cache.entries() == [])
    #expect(try await cache.clear() == 0)
    #expect(try await cache.remove(["m1"]) == [])
    try await cache.set([])
    #expect(!folder.exists("cache"))
  }
}
