import FlowText
import Testing

@Suite struct `Output of tools` {
  private func summary(_ text: String, _ budget: Int) -> [String] {
    let tokenizer = BytePairTokenizer.o200kBase
    return ExtractiveSummarizer(factsPercent: 0) { tokenizer.count($0) }
      .lines(of: [ExtractPart(label: nil, kind: .toolOutput, text: text)], budget: budget) { $0.text + "\n" }
      .map(\.text)
  }

  @Test func `lines that differ in their numbers stand once, errors and results before records`() {
    var lines = (1...300).map {
      "2024-05-01 08:00:\($0 % 60) INFO worker processed batch \($0) in \($0 * 7) ms"
    }
    lines.insert("2024-05-01 08:00:30 ERROR loader: cannot open rows.csv: permission denied", at: 150)
    lines.append("Executed 231 tests, with 3 failures in 12.4 seconds")
    let short = summary(lines.joined(separator: "\n"), 60)
    #expect(short.contains { $0.contains("cannot open rows.csv") })
    #expect(short.last?.hasPrefix("Executed 231 tests") == true)
    #expect(short.count { $0.contains("INFO") } <= 1)
    #expect(summary(lines.joined(separator: "\n"), 200).contains { $0.hasSuffix("(×300)") })
  }

  @Test func `rulers at the ends of a line say nothing`() {
    let text = """
      ============================ FAILURES ============================
      --- a line that begins like a ruler
      ==== 2 failed, 21 passed in 0.52s ====
      """
    let lines = summary(text, 100)
    #expect(lines.contains("FAILURES") && lines.contains("2 failed, 21 passed in 0.52s"))
    #expect(lines.contains("a line that begins like a ruler"))
  }

  @Test func `a diff keeps its files and how much of each changed`() {
    let diff = """
      diff --git a/src/a.py b/src/a.py
      index 123..456 100644
      --- a/src/a.py
      +++ b/src/a.py
      @@ -1,3 +1,4 @@
       same
      -old line
      +new line
      +another line
      diff --git a/src/b.py b/src/b.py
      --- a/src/b.py
      +++ b/src/b.py
      @@ -1 +0,0 @@
      -gone
      """
    #expect(summary(diff, 17) == ["src/a.py (+2 -1)", "src/b.py (+0 -1)"])
  }

  @Test func `a stack keeps its message and the nearest frame of one's own`() {
    let trace = """
      Traceback (most recent call last):
        File "/usr/lib/python3/site-packages/tool/run.py", line 3, in run
          go()
        File "/app/loader.py", line 88, in load
          rows = parse(path)
        File "/app/parse.py", line 12, in parse
          raise ValueError("bad row 1204")
      ValueError: bad row 1204
      """
    let short = summary(trace, 34)
    #expect(short.contains("ValueError: bad row 1204"))
    #expect(short.contains("File \"/app/parse.py\", line 12, in parse"))
    #expect(!summary(trace, 1000).contains { $0.contains("site-packages") })
  }

  @Test func `JSON gives its keys with plain values, as they stand there`() {
    let json =
      "{\"id\": \"4WQ150\", \"empty\": \"\", \"none\": null, \"tags\": [\"a\", \"b\"], \"user\": {\"age\": 41}}"
    #expect(summary(json, 100) == ["\"id\": \"4WQ150\"", "\"tags\": [\"a\", \"b\"]", "\"age\": 41"])
  }

  @Test(arguments: ["{", "[\"", "{\"a\":", "{\"a\":\"\\", "[[[[", "\u{1B}[31m", "+++ ", "#1 (", "{\"a\"}"])
  func `what is cut short is read as far as it goes`(text: String) {
    #expect(summary(text, 50).count <= 1)
  }

  @Test func `colours of a terminal are no part of it`() {
    #expect(summary("\u{1B}[31mfatal: no such branch main\u{1B}[0m", 50) == ["fatal: no such branch main"])
  }
}
