import FlowText
import RandomSupport
import Testing

@Suite struct `Extract` {
  private let tokenizer = BytePairTokenizer.o200kBase

  private func render(_ line: ExtractLine) -> String {
    line.label.map { "\($0): \(line.text)\n" } ?? "\(line.text)\n"
  }

  private func summary(_ text: String, _ budget: Int) -> String {
    let tokenizer = tokenizer
    return ExtractiveSummarizer { tokenizer.count($0) }
      .lines(of: Transcript.parts(of: text), budget: budget, render: render).map(render).joined()
  }

  private let talk = """
    Jun: Hi Ana, how are you?
    Ana: Great, thanks! It's good to see you.
    Jun: Well, the mirror in Seoul sent 1,204 bad rows on Monday, Ana.
    Ana: Wow, that's awful! Which mirror do you mean?
    Jun: The mirror in Seoul, it sent bad rows.
    Ana: By the way, I will fix Sources/Loader.swift tomorrow.
    Jun: Okay, good. Thank you!
    """

  @Test func `facts are kept before questions and courtesies`() {
    #expect(
      summary(talk, 32) == """
        Jun: the mirror in Seoul sent 1,204 bad rows on Monday
        Ana: I will fix Sources/Loader.swift tomorrow.

        """
    )
  }

  @Test func `greetings alone give no summary`() {
    #expect(summary("Jun: Hi Ana!\nAna: Hello, Jun!\nJun: Thank you!\nAna: Bye!", 100).isEmpty)
  }

  @Test func `what was said is not said again while something new is left`() {
    let text =
      "The blue whale eats krill.\nThe blue whale eats krill.\nA condor glides over mountain valleys."
    let budget = tokenizer.count("The blue whale eats krill.\nA condor glides over mountain valleys.\n") + 2
    #expect(summary(text, budget) == "The blue whale eats krill.\nA condor glides over mountain valleys.\n")
  }

  @Test func `neighbours of one speaker share the label`() {
    let lines = ExtractiveSummarizer { $0.utf8.count }.lines(
      of: [
        ExtractPart(label: "Ana", text: "The loader lost 12 files in Busan."),
        ExtractPart(label: "Jun", text: "Oh!"),
        ExtractPart(label: "Ana", text: "The backup of 3 May holds them."),
      ],
      budget: 1000,
      render: render
    )
    #expect(lines.map(\.text) == ["The loader lost 12 files in Busan. The backup of 3 May holds them."])
    #expect(lines.map(\.parts) == [0...2])
  }

  @Test func `Korean sentences are cut behind the ending that joins clauses`() {
    let text = "서버는 3월 2일 오전에 부산 센터로 옮겨졌으며, 백업은 대전 센터의 새 저장소에 그대로 남아 있다."
    let short = summary(text, 30)
    #expect(!short.isEmpty)
    #expect(tokenizer.count(short) <= 30)
  }

  @Test func `a long sentence of prose is cut at a word, and says so`() {
    let text =
      "The committee of the northern province decided on 3 May that every harbour with more than forty berths "
      + "has to keep records of ships that carry ammonia or methanol."
    let short = summary(text, 25)
    #expect(short.hasSuffix(" …\n"))
    #expect(text.hasPrefix(short.dropLast(3)))
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func `any extract fits, is verbatim, in order and the same each time`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let tokenizer = tokenizer
    let summarizer = ExtractiveSummarizer { tokenizer.count($0) }
    for _ in 0..<20 {
      let parts = (0..<Int.random(in: 0...12, using: &random)).map { _ in
        ExtractPart(
          label: Bool.random(using: &random) ? random.text(most: 6).filter(\.isLetter) : nil,
          kind: Bool.random(using: &random) ? .talk : .toolOutput,
          text: random.text(most: 200)
        )
      }
      let budget = Int.random(in: 0...200, using: &random)
      let lines = summarizer.lines(of: parts, budget: budget, render: render)
      #expect(lines.reduce(0) { $0 + tokenizer.count(render($1)) } <= budget, "seed \(seed)")
      #expect(lines == summarizer.lines(of: parts, budget: budget, render: render), "seed \(seed)")
      #expect(
        lines.allSatisfy { $0.weight >= 0 && parts.indices.contains($0.parts.upperBound) },
        "seed \(seed)"
      )
      let sentences = lines.filter { FactsLine(reading: $0.text) == nil }
      #expect(
        zip(sentences, sentences.dropFirst()).allSatisfy { $0.parts.lowerBound <= $1.parts.lowerBound },
        "seed \(seed)"
      )
      #expect(lines.allSatisfy { !$0.text.contains(where: \.isNewline) }, "seed \(seed)")
    }
  }

  @Test func `a text of any size takes bounded time and memory`() {
    let line = "2024-05-01 08:00:00 INFO request took 12 ms\n"
    let text = String(repeating: line, count: 200_000) + "2024-05-01 09:00:00 ERROR disk full on /dev/sdb1\n"
    #expect(summary(text, 60).contains("ERROR disk full on /dev/sdb1"))
  }
}

@Suite struct `Line of facts` {
  @Test func `identifiers that no sentence names are listed`() {
    let tokenizer = BytePairTokenizer.o200kBase
    let filler = (1...40).map { "Mara talked with Quentin about topic\($0) and the river Danube." }
    let text = (filler + ["See also src/loader/rows.py and https://example.com/a?b=1 there."]).joined(
      separator: "\n"
    )
    let lines = ExtractiveSummarizer { tokenizer.count($0) }
      .lines(of: Transcript.parts(of: text), budget: 120) { $0.text + "\n" }
    let all = lines.map(\.text).joined(separator: "\n")
    #expect(all.contains("src/loader/rows.py"))
    #expect(all.contains("https://example.com/a?b=1"))
  }

  @Test func `a line is read back as it was written`() throws {
    let line = FactsLine(facts: ["src/a b.py", "v1.2.3", "one · two", " x", "a\nb", ""])
    #expect(line.text == "Facts: src/a b.py · v1.2.3")
    #expect(FactsLine(reading: line.text) == FactsLine(facts: ["src/a b.py", "v1.2.3"]))
    #expect(FactsLine(reading: "Ana: Facts: x") == nil)
    #expect(FactsLine(facts: []).text.isEmpty)
  }
}

@Suite struct `Kind of a text` {
  @Test func `labels make a talk, with the lines behind them`() {
    let parts = Transcript.parts(of: "Ana: one\nmore\nJun: two\nAna: three")
    #expect(parts.map(\.label) == ["Ana", "Jun", "Ana"])
    #expect(parts[0].text.contains("more"))
  }

  @Test(arguments: ["Note: one\nplain\nplain", "He said: this.\nAnd that.", "https://a.b/c\nhttps://a.b/d"])
  func `other colons do not`(text: String) {
    #expect(Transcript.parts(of: text).map(\.label) == [nil])
  }

  @Test(arguments: [
    "{\"a\": 1, \"b\": [1, 2]}", "diff --git a/x b/x\n+one\n", "08:01:02 up\n08:01:03 down\n08:01:04 up\n",
  ])
  func `output of a tool is told from prose`(text: String) {
    #expect(Transcript.parts(of: text).map(\.kind) == [.toolOutput])
    #expect(Transcript.parts(of: "A sentence.\nAnother one.").map(\.kind) == [.talk])
  }
}
