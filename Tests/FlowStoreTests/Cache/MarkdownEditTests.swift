import FlowCore
import Glibc
import Synchronization
import Testing

@testable import FlowStore

@Suite(.timeLimit(.minutes(10))) struct `Edits of a Markdown cache` {
  private let folder: ScratchFolder
  private let cache: MarkdownCache
  private let file = "cache/memory_cache.md"

  init() throws {
    folder = try ScratchFolder()
    cache = MarkdownCache(folder: folder.path, project: try ProjectName("demo"))
  }

  private func section(_ key: String, _ body: String, version: Int = 1, by: String = "textrank")
    -> CachedResult
  {
    CachedResult(
      key: key,
      value: .string(body),
      created: Timestamp(milliseconds: 0),
      meta: ["title": "Steps", "version": .number(JSONNumber(version)), "by": .string(by)]
    )
  }

  private func replace(_ old: String, with new: String) throws {
    let text = try folder.text(file)
    try #require(text.contains(old))
    try folder.write(text.replacing(old, with: new), to: file)
  }

  private func copies() throws -> [String] {
    Folder.names(in: folder("cache")).filter { $0.contains(".rejected-") }.sorted()
  }

  @Test func `sections tell where they stand, and which are edited`() async throws {
    try await cache.set([section("m1-2", "- one"), section("m3-4", "- two", version: 3, by: "gpt x")])
    try replace("- two", with: "- deux")
    let list = try await cache.sections()
    #expect(list.sections.map(\.key) == ["m1-2", "m3-4"])
    #expect(list.sections.map(\.isModified) == [false, true])
    #expect(list.sections.map(\.line) == [3, 8])
    #expect(list.sections.map(\.text) == ["- one", "- deux"])
    #expect(list.sections.last?.version == 3 && list.sections.last?.by == "gpt x")
    #expect(list.sections.allSatisfy { $0.obstacle == nil } && !list.hasLooseText)
    #expect(list.stamp == cache.stamp())
  }

  @Test func `the stamp tells each change, and a file that is gone`() async throws {
    #expect(cache.stamp() == nil)
    #expect(try await cache.sections().stamp == nil)
    try await cache.set(section("m1-2", "- one"))
    var seen: Set<ContentStamp> = []
    #expect(seen.insert(try #require(cache.stamp())).inserted)
    try replace("one", with: "two more")
    #expect(seen.insert(try #require(cache.stamp())).inserted)
    // The size and the time of the content are those of before.
    var times = [timespec(tv_sec: 5, tv_nsec: 0), timespec(tv_sec: 1_700_000_000, tv_nsec: 7)]
    utimensat(AT_FDCWD, folder(file), &times, 0)
    #expect(seen.insert(try #require(cache.stamp())).inserted)
    #expect(cache.stamp() == cache.stamp())
  }

  @Test func `a change is made only where the section still stands as it was seen`() async throws {
    try await cache.set([section("m1-2", "- one"), section("m3-4", "- two"), section("m5-6", "- three")])
    let seen = try await cache.sections().sections
    try replace("- two", with: "- deux")
    let refused = try await cache.apply([
      SectionChange(section("m1-2", "- uno", version: 2), before: seen[0]),
      SectionChange(section("m3-4", "- dos", version: 2), before: seen[1]),
      SectionChange(removing: seen[2]),
      SectionChange(section("m7-8", "- new")),
      SectionChange(section("m1-2", "- of another key"), before: nil),
    ])
    #expect(refused == ["m3-4", "m1-2"])
    let now = try await cache.sections().sections
    #expect(now.map(\.key) == ["m1-2", "m3-4", "m7-8"])
    #expect(now.map(\.text) == ["- uno", "- deux", "- new"])
    #expect(now.map(\.isModified) == [false, true, false])
    #expect(
      try await cache.apply([SectionChange(removing: seen[1]), SectionChange(removing: seen[2])]) == [
        "m3-4", "m5-6",
      ]
    )
  }

  @Test func `a heading that a person wrote stays`() async throws {
    try await cache.set(section("m1-2", "- one"))
    try replace("## Steps", with: "## The CSV import")
    let seen = try await cache.sections().sections
    #expect(!seen[0].isModified)
    #expect(
      try await cache.apply([SectionChange(section("m1-2", "- two", version: 2), before: seen[0])]) == []
    )
    #expect(try folder.text(file).contains("\n## The CSV import\n<!-- flow m1-2 v2 by textrank "))
  }

  @Test func `text of no section is kept in a copy when the file is written`() async throws {
    try await cache.set([section("m1-2", "- one"), section("m3-4", "- two")])
    try replace("<!-- flow m1-2 v1", with: "<!-- flow m1-2 version 1")
    try replace("- one", with: "- words of mine")
    let edited = try folder.text(file)
    let list = try await cache.sections()
    #expect(list.hasLooseText && list.sections.map(\.key) == ["m3-4"])
    let found = await cache.findings()
    #expect(
      found.map(\.line) == [4] && found.allSatisfy(\.isError) && found[0].remedy.contains("keeps a copy")
    )
    #expect(try copies() == [])
    #expect(try await cache.apply([SectionChange(section("m1-2", "- one"))]) == [])
    let names = try copies()
    #expect(names.count == 1)
    let name = try #require(names.first)
    #expect(name.wholeMatch(of: /memory_cache\.md\.rejected-\d{8}T\d{6}Z/) != nil, "\(name)")
    #expect(try folder.text("cache/\(name)") == edited)
    #expect(try await cache.sections().sections.map(\.text) == ["- one", "- two"])
    let notes = await cache.findings()
    #expect(notes.map(\.file) == ["cache/\(name)"] && !notes[0].isError)
    #expect(try await cache.copies().map(\.text) == [edited])

    // Another one at the same second does not take its place; the same one is not kept twice.
    for words in ["other words", "other words", "more words"] {
      try folder.write(edited.replacing("words", with: words), to: file)
      var times = [timespec(tv_sec: 1_700_000_000, tv_nsec: 0), timespec(tv_sec: 1_700_000_000, tv_nsec: 0)]
      utimensat(AT_FDCWD, folder(file), &times, 0)
      #expect(try await cache.apply([SectionChange(section("m1-2", "- one"))]) == [])
    }
    #expect(
      try copies().filter { $0.contains("20231114T221320Z") } == [
        "memory_cache.md.rejected-20231114T221320Z", "memory_cache.md.rejected-20231114T221320Z-2",
      ]
    )
  }

  @Test func `a second section goes into a copy, also where nothing else is to be done`() async throws {
    try await cache.set(section("m1-2", "- one"))
    let text = try folder.text(file)
    let start = try #require(text.firstRange(of: "## "))
    let edited = text + "\n" + text[start.lowerBound...].replacing("one", with: "mine")
    try folder.write(edited, to: file)
    #expect(try await cache.sections().hasLooseText)
    #expect(try await cache.apply([]) == [])
    #expect(try folder.text(file) == text)
    #expect(try folder.text("cache/\(try #require(try copies().first))") == edited)
  }

  @Test func `bytes that are no text stay in the file, and are no edit to adopt`() async throws {
    try await cache.set([section("m1-2", "- one"), section("m3-4", "- two")])
    let text = try folder.text(file)
    let place = try #require(text.firstRange(of: "- one"))
    let bytes =
      Array(text[..<place.lowerBound].utf8) + [0x2D, 0x20, 0xE9, 0x74, 0xE9]
      + Array(text[place.upperBound...].utf8)
    try folder.write(bytes, to: file)
    let list = try await cache.sections()
    #expect(list.sections.map(\.isModified) == [true, false])
    #expect(list.sections[0].obstacle?.line == 6 && list.sections[0].obstacle?.isError == true)
    #expect(await cache.findings().map(\.line) == [6])
    #expect(
      try await cache.apply([SectionChange(section("m3-4", "- deux", version: 2), before: list.sections[1])])
        == []
    )
    let after = try folder.bytes(file)
    #expect(
      after.count > bytes.count - 100 && after.firstRange(of: [0x2D, 0x20, 0xE9, 0x74, 0xE9, 0x0A]) != nil
    )
    #expect(try await cache.sections().sections.map(\.text) == ["- \u{FFFD}t\u{FFFD}", "- deux"])
    #expect(try copies() == [])
  }

  @Test(arguments: [
    ("- one", "- one\n\n## Steps 3–4\n\n- three", 8, "heading without Flow's comment"),
    (
      "- one", "- one\n<!-- flow m3-4 v1 by textrank sha256:0123456789abcdef -->\n- three", 7,
      "without its heading"
    ),
    ("- one", "<<<<<<< HEAD\n- one\n=======\n- uno\n>>>>>>> theirs", 6, "mark of a merge conflict"),
  ]) func `text that may be another section's is no edit to adopt`(
    old: String,
    new: String,
    line: Int,
    problem: String
  ) async throws {
    try await cache.set(section("m1-2", "- one"))
    try replace(old, with: new)
    let obstacle = try #require(try await cache.sections().sections.first?.obstacle)
    #expect(obstacle.line == line && obstacle.problem.contains(problem))
    #expect(await cache.findings() == [obstacle])
  }

  @Test func `the first line says what this version does`() async throws {
    try await cache.set(section("m1-2", "- one"))
    let text = try folder.text(file)
    let rest = try #require(text.firstRange(of: "\n"))
    let old = """
      <!-- flow memory_cache schema 1: the long-term memory of this project. A text that you change here is kept and \
      never overwritten; headings and comments are Flow's. -->
      """
    try folder.write(old + text[rest.lowerBound...], to: file)
    try await cache.set(section("m1-2", "- one"))
    #expect(try folder.text(file).hasPrefix(old))
    try await cache.set(section("m1-2", "- two"))
    #expect(
      try folder.text(file)
        == text.replacing("- one", with: "- two").replacing(hash("- one"), with: hash("- two"))
    )
    try folder.write(
      "<!-- flow memory_cache schema 1: words of mine -->" + text[rest.lowerBound...],
      to: file
    )
    try await cache.set(section("m1-2", "- three"))
    #expect(try folder.text(file).hasPrefix("<!-- flow memory_cache schema 1: words of mine -->\n"))
  }

  private func hash(_ text: String) -> String { String(SHA256.hexDigest(of: text.utf8).prefix(16)) }

  @Test func `what an editor saves while Flow writes is not overwritten`() async throws {
    try await cache.set([section("m1-2", "- one"), section("m3-4", "- two")])
    let text = try folder.text(file)
    let new = try MemorySection(section("m3-4", "- deux", version: 2))
    let rounds = Mutex(0)
    try await cache.change { [folder, file] document in
      let round = rounds.withLock { rounds in
        rounds += 1
        return rounds
      }
      // The file has been read and is not written yet.
      if round <= 3 { try? folder.write(text.replacing("- one", with: "- edit \(round)"), to: file) }
      document.sections[1] = new
    }
    #expect(rounds.withLock { $0 } == 4)
    #expect(try await cache.sections().sections.map(\.text) == ["- edit 3", "- deux"])
    #expect(Folder.names(in: folder("cache")) == ["memory_cache.md"])
  }

  @Test func `a file that never rests is given up, and left as it is`() async throws {
    try await cache.set(section("m1-2", "- one"))
    let text = try folder.text(file)
    let rounds = Mutex(0)
    await expectFlowError(.revisionConflict) {
      try await cache.change { [folder, file] document in
        let round = rounds.withLock { rounds in
          rounds += 1
          return rounds
        }
        try? folder.write(text.replacing("- one", with: "- edit \(round)"), to: file)
        document.sections = []
      }
    }
    #expect(try folder.text(file) == text.replacing("- one", with: "- edit \(rounds.withLock { $0 })"))
  }
}
