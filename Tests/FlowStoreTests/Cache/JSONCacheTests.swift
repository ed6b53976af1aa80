import FlowCore
import Glibc
import Testing

@testable import FlowStore

@Suite(.timeLimit(.minutes(10))) struct `JSON cache` {
  private let folder: ScratchFolder
  private let cache: JSONCache
  private let time = Timestamp(milliseconds: 1_712_909_720_000)

  init() throws {
    folder = try ScratchFolder()
    cache = JSONCache(folder: folder.path, project: try ProjectName("demo"))
  }

  private func entry(_ key: String, _ value: JSONValue) -> CachedResult {
    CachedResult(key: key, value: value, created: time)
  }

  /// A value whose serialisation has so many bytes.
  private func text(_ bytes: Int, _ letter: Character = "x") -> JSONValue {
    .string(String(repeating: letter, count: bytes - 2))
  }

  private var blobs: [String] { Folder.names(in: folder("cache/blobs")) }

  @Test func `an empty cache makes no file`() async throws {
    #expect(try await cache.get("key") == nil)
    #expect(try await cache.entries() == [])
    #expect(try await cache.remove(["key"]) == [])
    #expect(try await cache.clear() == 0)
    #expect(await cache.findings() == [])
    #expect(!folder.exists("cache"))
  }

  @Test func `all of an entry is kept`() async throws {
    let full = CachedResult(
      key: "a \"key\"\n",
      value: ["n": 1.5, "list": [true, nil]],
      task: try TaskID("T001"),
      created: time,
      expires: time.advanced(seconds: 60),
      meta: ["source": "mirror"]
    )
    try await cache.set([full, entry("", "text")])
    #expect(try await cache.get("a \"key\"\n") == full)
    #expect(try await cache.get("")?.value == "text")
    #expect(try await cache.entries() == [full, entry("", "text")])
    #expect(try await cache.exists(""))
    #expect(try await cache.exists("b") == false)
    let text = """
      {
        "schema": 1,
        "entries": {
          "a \\"key\\"\\n": {
            "value": { "n": 1.5, "list": [true, null] },
            "task": "T001",
            "created": "2024-04-12T08:15:20Z",
            "expires": "2024-04-12T08:16:20Z",
            "meta": { "source": "mirror" }
          },
          "": { "value": "text", "created": "2024-04-12T08:15:20Z" }
        }
      }

      """
    #expect(try folder.text("cache/results_cache.json") == text)
  }

  @Test(arguments: [ResultFiles.inlineLimit, ResultFiles.inlineLimit + 1])
  func `a value above 8 KB lies in a file of its own`(size: Int) async throws {
    let large = entry("large", text(size))
    try await cache.set(large)
    #expect(try await cache.get("large") == large)
    let isInline = size <= ResultFiles.inlineLimit
    #expect(blobs == (isInline ? [] : [SHA256.hexDigest(of: large.value.serialized().utf8)]))
    #expect((try folder.bytes("cache/results_cache.json").count > ResultFiles.inlineLimit) == isInline)
  }

  @Test func `a blob goes with the last entry that names it`() async throws {
    try await cache.set([entry("a", text(9000)), entry("b", text(9000)), entry("c", text(9000, "y"))])
    #expect(blobs.count == 2)
    #expect(try await cache.remove(["a", "none"]) == ["a"])
    #expect(blobs.count == 2)
    try await cache.set(entry("b", "small"))
    #expect(blobs.count == 1)
    #expect(try await cache.get("c")?.value == text(9000, "y"))
    #expect(try await cache.clear() == 2)
    #expect(blobs.isEmpty)
    #expect(try await cache.entries() == [])
  }

  @Test func `a blob that a crash left over is found, and goes with the rest`() async throws {
    try await cache.set(entry("a", text(9000)))
    let stray = String(repeating: "0", count: 64)
    try folder.write("stray", to: "cache/blobs/\(stray)")
    #expect(await cache.findings().map(\.file) == ["cache/blobs/\(stray)"])
    #expect(try await cache.clear() == 1)
    #expect(blobs.isEmpty)
  }

  @Test func `a blob that is damaged is an error, and one that is stored again is mended`() async throws {
    try await cache.set([entry("a", text(9000)), entry("b", 1)])
    let path = "cache/blobs/\(try #require(blobs.first))"
    try folder.write("\"other\"", to: path)
    let error = await expectFlowError(.corruptStorage) { try await cache.get("a") }
    #expect(error?.message.hasSuffix("was changed") == true)
    unlink(folder(path))
    await expectFlowError(.corruptStorage) { try await cache.get("a") }
    #expect(try await cache.entries() == [entry("b", 1)])
    #expect(await cache.findings().map(\.isError) == [true])
    try await cache.set(entry("a", text(9000)))
    #expect(try await cache.get("a")?.value == text(9000))
  }

  @Test func `a name that leads out of the folder is no blob`() async throws {
    try folder.write("\"secret\"", to: "outside")
    try Folder.create(folder("cache/blobs"))
    let file = #"{"schema":1,"entries":{"a":{"blob":"../../outside","created":"2024-04-12"}}}"#
    try folder.write(file, to: "cache/results_cache.json")
    await expectFlowError(.corruptStorage) { try await cache.get("a") }
    #expect(try await cache.remove(["a"]) == ["a"])
    #expect(folder.exists("outside"))
  }

  @Test func `what is damaged is named with its line, and the rest is read`() async throws {
    let file = """
      { "schema": 1, "mine": true, "entries": {
        "a": { "value": 1 },
        "b": { "value": 2, "created": "2024-04-12T08:15:20Z", "own": "kept" }
      } }
      """
    try Folder.create(folder("cache"))
    try folder.write(file, to: "cache/results_cache.json")
    let error = await expectFlowError(.corruptStorage) { try await cache.get("a") }
    #expect(error?.message == "cache/results_cache.json line 2: entries.a.created is missing")
    #expect(try await cache.entries().map(\.key) == ["b"])
    #expect(await cache.findings().map(\.line) == [2])
    try await cache.set(entry("c", nil))
    let text = try folder.text("cache/results_cache.json")
    #expect(text.contains(#""mine": true"#) && text.contains(#""own": "kept""#))
    #expect(try await cache.get("c")?.value == .null)
  }

  @Test func `a file that cannot be read is left alone`() async throws {
    try Folder.create(folder("cache"))
    for (text, code) in [
      ("{", FlowError.Code.invalidJSON), (#"{"schema":2}"#, .newerFormat), ("[]", .corruptStorage),
    ] {
      try folder.write(text, to: "cache/results_cache.json")
      await expectFlowError(code) { try await cache.entries() }
      await expectFlowError(code) { try await cache.set(entry("a", 1)) }
      #expect(try folder.text("cache/results_cache.json") == text)
      #expect(await cache.findings().map(\.isError) == [true])
    }
  }

  @Test func `a value as deep as a document may be is kept, a deeper one refused`() async throws {
    func nested(_ depth: Int) -> JSONValue { (0..<depth).reduce(1) { value, _ in .array([value]) } }
    try await cache.set(entry("deep", nested(512)))
    #expect(try await cache.get("deep")?.value == nested(512))
    await expectFlowError(.invalidArgument) { try await cache.set(entry("deeper", nested(513))) }
    #expect(try await cache.entries().map(\.key) == ["deep"])
  }

  @Test func `several caches at once lose nothing`() async throws {
    let project = try ProjectName("demo")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          let cache = JSONCache(folder: folder.path, project: project)
          for number in 0..<15 {
            try await cache.set(entry("\(writer)-\(number)", text(number.isMultiple(of: 3) ? 9000 : 10)))
            try await cache.set(entry("shared", text(9000, number.isMultiple(of: 2) ? "a" : "b")))
            #expect(try await cache.get("shared") != nil)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await cache.entries().count == 61)
    #expect(await cache.findings() == [])
  }

  @Test func `a project that is not there is not made`() async throws {
    let cache = JSONCache(folder: folder("none"), project: try ProjectName("none"))
    await expectFlowError(.projectNotFound) { try await cache.set(entry("a", 1)) }
    #expect(!folder.exists("none"))
  }
}
