import FlowCore
import Testing

@Suite struct `JSON serialisation` {
  static let workflow: JSONValue = [
    "schema": 1, "project": "myproj", "empty": [:], "none": [],
    "tasks": [
      ["id": "T001", "name": "데이터 수집", "deps": [], "meta": ["owner": "jun", "tags": ["scraping"]]],
      ["id": "T002", "name": "clean", "deps": ["T001"], "meta": [:]],
    ],
  ]

  @Test func `compact has no white space`() {
    #expect(
      Self.workflow.serialized(.compact)
        == #"{"schema":1,"project":"myproj","empty":{},"none":[],"tasks":[{"id":"T001","name":"데이터 수집","deps":[],"#
        + #""meta":{"owner":"jun","tags":["scraping"]}},{"id":"T002","name":"clean","deps":["T001"],"meta":{}}]}"#
    )
  }

  @Test func `pretty has a line for everything`() {
    #expect(
      Self.workflow.serialized(.pretty) == """
        {
          "schema": 1,
          "project": "myproj",
          "empty": {},
          "none": [],
          "tasks": [
            {
              "id": "T001",
              "name": "데이터 수집",
              "deps": [],
              "meta": {
                "owner": "jun",
                "tags": [
                  "scraping"
                ]
              }
            },
            {
              "id": "T002",
              "name": "clean",
              "deps": [
                "T001"
              ],
              "meta": {}
            }
          ]
        }
        """
    )
  }

  @Test func `document keeps short values below a depth on one line`() {
    #expect(
      Self.workflow.serialized(.document(inlineDepth: 3)) == """
        {
          "schema": 1,
          "project": "myproj",
          "empty": {},
          "none": [],
          "tasks": [
            {
              "id": "T001",
              "name": "데이터 수집",
              "deps": [],
              "meta": { "owner": "jun", "tags": ["scraping"] }
            },
            {
              "id": "T002",
              "name": "clean",
              "deps": ["T001"],
              "meta": {}
            }
          ]
        }
        """
    )
  }

  @Test func `document with a line a task`() {
    #expect(
      Self.workflow.serialized(.document(inlineDepth: 2, lineWidth: 110)) == """
        {
          "schema": 1,
          "project": "myproj",
          "empty": {},
          "none": [],
          "tasks": [
            { "id": "T001", "name": "데이터 수집", "deps": [], "meta": { "owner": "jun", "tags": ["scraping"] } },
            { "id": "T002", "name": "clean", "deps": ["T001"], "meta": {} }
          ]
        }
        """
    )
  }

  @Test func `what is too wide is broken and its parts are tried again`() {
    #expect(
      Self.workflow.serialized(.document(inlineDepth: 2, lineWidth: 46)) == """
        {
          "schema": 1,
          "project": "myproj",
          "empty": {},
          "none": [],
          "tasks": [
            {
              "id": "T001",
              "name": "데이터 수집",
              "deps": [],
              "meta": {
                "owner": "jun",
                "tags": ["scraping"]
              }
            },
            {
              "id": "T002",
              "name": "clean",
              "deps": ["T001"],
              "meta": {}
            }
          ]
        }
        """
    )
  }

  @Test func `a line is filled to its last column, comma included`() {
    let value: JSONValue = [["a": [1, 2]], 3]
    // The line `  { "a": [1, 2] },` has 18 columns.
    #expect(value.serialized(.document(inlineDepth: 1, lineWidth: 18)) == "[\n  { \"a\": [1, 2] },\n  3\n]")
    #expect(
      value.serialized(.document(inlineDepth: 1, lineWidth: 17)) == "[\n  {\n    \"a\": [1, 2]\n  },\n  3\n]"
    )
    let last: JSONValue = [["a": [1, 2]]]
    #expect(last.serialized(.document(inlineDepth: 1, lineWidth: 17)) == "[\n  { \"a\": [1, 2] }\n]")
    #expect(last.serialized(.document(inlineDepth: 0, lineWidth: 18)) == "[{ \"a\": [1, 2] }]")
    #expect(last.serialized(.document(inlineDepth: 0, lineWidth: 0)) == last.serialized(.pretty))
  }

  @Test(arguments: [
    (JSONStyle.compact, "1"), (.pretty, "1"), (.document(inlineDepth: 0), "1"),
  ])
  func `a scalar has one form`(style: JSONStyle, text: String) {
    #expect(JSONValue(integerLiteral: 1).serialized(style) == text)
    #expect(JSONValue.array([]).serialized(style) == "[]")
    #expect(JSONValue.object([:]).serialized(style) == "{}")
  }

  @Test func `only quotes, backslashes and what cannot be seen is escaped`() {
    let text =
      "\"\\/\u{0}\u{8}\t\n\u{B}\u{C}\r\u{1F} \u{7F}\u{80}\u{85}\u{9B}\u{9F}\u{A0}\u{BF}é\u{2028}\u{2029}\u{FEFF}한😀"
    #expect(
      JSONValue.string(text).serialized()
        == #""\"\\/\u0000\b\t\n\u000b\f\r\u001f \u007f\u0080\u0085\u009b\u009f"#
        + "\u{A0}\u{BF}é\u{2028}\u{2029}\u{FEFF}한😀\""
    )
  }

  @Test func `writing appends`() {
    var bytes = Array("data: ".utf8)
    JSONValue.array([1, ["a": 2]]).write(to: &bytes, style: .document(inlineDepth: 0))
    #expect(String(decoding: bytes, as: UTF8.self) == "data: [1, { \"a\": 2 }]")
  }

  @Test func `changing one task changes its lines only`() throws {
    let style = JSONStyle.document(inlineDepth: 3)
    let text = Self.workflow.serialized(style)
    let edited = text.replacing("\"clean\"", with: "\"tidy\"")
    let lines = text.split(separator: "\n")
    let editedLines = try JSONValue(parsing: edited).serialized(style).split(separator: "\n")
    #expect(lines.count == editedLines.count)
    #expect(zip(lines, editedLines).filter { $0 != $1 }.count == 1)
  }
}
