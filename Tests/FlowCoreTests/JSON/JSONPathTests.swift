import FlowCore
import Testing
import RandomSupport

@Suite struct `JSON path` {
  static let text = """
    {
      "project": "p",
      "tasks": [
        { "id": "T1", "say \\"]}\\"": [1, {"x": "a\\\\"}], "deps": [] },
        {"id":"T2",
          "status" : "odd", "é": true, "e\u{301}": {"deep": [[], [0, -1.5e3]]} }
      ]
    }
    """

  @Test(
    arguments: [
      ([], "line 1, column 1"), (["project"], "line 2, column 14"), (["tasks"], "line 3, column 12"),
      (["tasks", 0], "line 4, column 5"), (["tasks", 0, "id"], "line 4, column 13"),
      (["tasks", 0, "say \"]}\"", 1, "x"], "line 4, column 43"), (["tasks", 0, "deps"], "line 4, column 60"),
      (["tasks", 1], "line 5, column 5"), (["tasks", 1, "status"], "line 6, column 18"),
      (["tasks", 1, "é"], "line 6, column 30"),
      (["tasks", 1, "e\u{301}", "deep", 1, 1], "line 6, column 60"),
    ] as [([JSONPathElement], String)]
  )
  func `a value's line and column are found`(path: [JSONPathElement], place: String) throws {
    #expect(JSONValue.locate(path: path, in: Self.text)?.description == place)
    #expect(try JSONValue(parsing: Self.text)[path: path] != nil)
  }

  @Test(
    arguments: [
      ["absent"], ["tasks", 2], ["tasks", -1], ["tasks", "id"], ["project", 0], [0], ["tasks", 0, "deps", 0],
      ["tasks", 0, "x"],
    ] as [[JSONPathElement]]
  )
  func `a path that leads nowhere has no place`(path: [JSONPathElement]) throws {
    #expect(JSONValue.locate(path: path, in: Self.text) == nil)
    #expect(try JSONValue(parsing: Self.text)[path: path] == nil)
  }

  @Test func `every value of a document is found where it was written`() throws {
    var random = SeededRandom(seed: 5)
    for _ in 0..<60 {
      let value = random.value(depth: 4)
      for style in [JSONStyle.compact, .pretty, .document(inlineDepth: 1, lineWidth: 30)] {
        let bytes = Array(value.serialized(style).utf8)
        for (path, part) in value.allParts {
          let location = try #require(JSONValue.locate(path: path, in: bytes), "\(path.jsonPath)")
          #expect(value[path: path] == part)
          let written = Array(part.serialized().utf8)
          #expect(bytes[location.offset] == written[0], "\(path.jsonPath)")
          #expect(try JSONValue(firstIn: bytes[location.offset...]) == part, "\(path.jsonPath)")
        }
      }
    }
  }

  @Test func `a broken document gives no place or some place, and never hangs`() {
    let bytes = Array(Self.text.utf8)
    for end in 0..<bytes.count {
      let location = JSONValue.locate(path: ["tasks", 1, "status"], in: bytes[..<end])
      #expect(location.map { $0.offset < end } ?? true)
    }
    for text in ["", "]", "[}", "{\"a", "[\"\\", "[[1]", "[,,]", "{\"a\":}", "\u{FEFF}", "[\"\n\u{1}\"]"] {
      _ = JSONValue.locate(path: [1], in: text)
      _ = JSONValue.locate(path: ["b"], in: text)
    }
    #expect(JSONValue.locate(path: [], in: "") == nil)
  }

  @Test func `paths are written as people write them`() {
    let cases: [([JSONPathElement], String)] = [
      ([], "document"), (["tasks", 2, "status"], "tasks[2].status"), ([0, 1], "[0][1]"),
      (["a b", "c.d"], #"["a b"]["c.d"]"#),
      (["", "x"], #"[""].x"#), (["한국", "n-1_b"], "한국.n-1_b"), (["\u{1B}"], #"["\u001b"]"#),
    ]
    for (path, text) in cases { #expect(path.jsonPath == text) }
  }
}

extension JSONValue {
  /// The value and all its parts, each with its path.
  fileprivate var allParts: [(path: [JSONPathElement], value: JSONValue)] {
    var parts: [(path: [JSONPathElement], value: JSONValue)] = [([], self)]
    for (index, element) in (array ?? []).enumerated() {
      parts += element.allParts.map { ([.index(index)] + $0.path, $0.value) }
    }
    for (key, value) in object ?? [:] {
      parts += value.allParts.map { ([.key(key)] + $0.path, $0.value) }
    }
    return parts
  }

  /// The value that begins a text, whatever follows it.
  fileprivate init(firstIn bytes: ArraySlice<UInt8>) throws {
    do {
      try self.init(parsing: bytes)
    } catch {
      guard case .trailingContent = error.reason else { throw error }
      try self.init(parsing: bytes.prefix(error.offset))
    }
  }
}
