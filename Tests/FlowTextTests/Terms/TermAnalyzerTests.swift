import Testing

@testable import FlowText
import RandomSupport

@Suite struct `Term analyzer` {
  private let analyzer = TermAnalyzer()

  @Test(arguments: [
    ("The quick brown foxes weren't jumping", ["quick", "brown", "fox", "jump"]),
    ("Jun's dogs, we'll see; I don't know", ["jun", "dog", "see", "know"]),
    ("It was US and IT in May, may it be us", ["us", "it", "may"]),
    ("O’Brien said l'homme", ["obrien", "say", "l", "homm"]),
    ("She went where the children bought", ["go", "child", "buy"]),
    ("C++, C# and F#.", ["c++", "c#", "f#"]),
    ("wait...what word--word", ["wait", "word", "word"]),
  ])
  func `English words lose case, clitics, endings and function words`(text: String, terms: [String]) {
    #expect(analyzer.terms(in: text) == terms)
  }

  @Test(arguments: [
    ("snake_case", ["snakecas", "snake", "case"]),
    ("snake-case", ["snakecas", "snake", "case"]),
    ("snakeCase", ["snakecas", "snake", "case"]),
    ("HTTPServer URLs", ["httpserver", "http", "server", "url"]),
    ("__init__", ["init"]),
    ("T001", ["t001"]),
    ("/a/b.swift", ["a/b.swift", "b.swift", "b", "swift"]),
    ("src/Parser.swift:42", ["src/parser.swift", "parser.swift", "src", "parser", "swift", "42"]),
    ("C:\\Users\\jun", ["c", "users/jun", "user", "jun"]),
    ("v1.2.3", ["1.2.3", "1", "2", "3"]),
    ("https://www.flow.dev/api", ["flow.dev/api", "flow.dev", "flow", "dev", "api"]),
    ("jun@flow.dev", ["jun@flow.dev", "flow.dev", "jun", "flow", "dev"]),
    ("Flow::Text", ["flow.text", "flow", "text"]),
  ])
  func `an identifier is a term as a whole and in parts`(text: String, terms: [String]) {
    #expect(analyzer.terms(in: text) == terms)
  }

  @Test(arguments: [
    ("1,204 rows", ["1204", "row"]), ("1204", ["1204"]), ("1,204,300.50", ["1204300.50"]), ("3.14", ["3.14"]),
    ("1,20", ["1", "20"]), ("08:15", ["08:15"]), ("$5 at 50%", ["5", "50"]),
    ("10-15", ["10-15", "10", "15"]),
    ("2024-04-12T08:15:20Z", ["2024-04-12", "2024", "04", "12", "08:15:20"]),
  ])
  func `numbers, dates and times have one form`(text: String, terms: [String]) {
    #expect(analyzer.terms(in: text) == terms)
  }

  @Test(arguments: [
    ("데이터 수집", ["데이", "이터", "수집"]), ("밥", ["밥"]), ("책을 사이", ["책을", "책", "사이"]),
    ("CSV를 3은 2024년", ["csv", "3", "2024", "년"]), ("ㅋㅋㅋ", []), ("机器学习", ["机器", "器学", "学习"]),
    ("食べる", ["食べ", "べる"]), ("東", ["東"]), ("ＡＢ１", ["ab1"]), ("ΣΊΣΥΦΟΣ", ["σίσυφοσ"]),
    ("Москва", ["москва"]), ("Straße", ["straße", "strass"]), ("CAFÉS", ["cafés", "cafe"]),
  ])
  func `scripts have their own rules`(text: String, terms: [String]) {
    #expect(analyzer.terms(in: text) == terms)
  }

  @Test(arguments: [
    ("cafe\u{301}", "café"), ("Vie\u{323}\u{302}t", "Việt"),
    ("\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}", "한글"),
    ("か\u{3099}は\u{309A}", "がぱ"), ("ウ\u{3099}ァ", "ヴァ"), ("co\u{AD}operate\u{200B}s", "cooperates"),
  ])
  func `composed and decomposed text give the same bytes`(decomposed: String, composed: String) {
    #expect(
      analyzer.terms(in: decomposed).map { Array($0.utf8) }
        == analyzer.terms(in: composed).map { Array($0.utf8) }
    )
    #expect(!analyzer.terms(in: composed).isEmpty)
  }

  @Test func `every row of the mark table is canonical composition`() {
    for letter in "aâăeêioôơuưyncdhrstzlαεηιουωи".unicodeScalars {
      for mark in (0x300...0x331).compactMap({ Unicode.Scalar($0 as UInt32) }) {
        guard let composed = LatinMarks.composed(letter, mark) else { continue }
        var pair = String.UnicodeScalarView()
        pair.append(letter)
        pair.append(mark)
        #expect(String(pair) == String(composed), "\(letter) \(mark.value)")
      }
    }
  }

  @Test func `a term over 64 bytes is its start and a hash of all of it`() throws {
    let long = String(repeating: "0a", count: 40)
    let terms = analyzer.terms(in: "\(long) \(long)1")
    #expect(terms.allSatisfy { $0.utf8.count == 64 && $0.hasPrefix(long.prefix(48)) })
    #expect(Set(terms).count == 2)
    let hash = String(repeating: "0a", count: 32)
    #expect(analyzer.terms(in: hash) == [hash])
  }

  @Test func `frequencies count the terms in byte order`() {
    let frequencies = analyzer.frequencies(in: "b a2 B é c b.")
    #expect(frequencies.map(\.term) == ["a2", "b", "c", "e", "é"])
    #expect(frequencies.map(\.count) == [1, 3, 1, 1, 1])
  }

  @Test(arguments: [
    ("When did Jun go to Paris?", ["jun", "go", "pari"]), ("What kind of car is the car?", ["car"]),
    ("Can you tell me how long the long run took?", ["long", "run", "take"]),
    ("언제 데이터를 봤나", ["데이", "이터", "터를", "봤나"]), ("为什么学习", ["学习"]), ("what is it", []),
  ])
  func `a query keeps what it is about`(query: String, terms: [String]) {
    #expect(analyzer.queryTerms(in: query) == terms)
  }

  @Test func `any text gives terms of 1 to 64 bytes, the same each time`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    for _ in 0..<2000 {
      let text = random.text(most: 120)
      let terms = analyzer.terms(in: text)
      #expect(terms.allSatisfy { (1...64).contains($0.utf8.count) }, "seed \(seed)")
      #expect(terms == analyzer.terms(in: text), "seed \(seed)")
      #expect(analyzer.frequencies(in: text).reduce(0) { $0 + $1.count } == terms.count, "seed \(seed)")
    }
  }

  @Test(arguments: [
    "a", "a.", "aB", "o'", "a_", "한", "東", "\u{301}", "1,234", "a\u{200B}", "\u{0}", "://", "v1.",
  ])
  func `a long line without spaces is a matter of linear work`(piece: String) {
    let terms = analyzer.terms(in: "a" + String(repeating: piece, count: 100_000))
    #expect(terms.count <= 200_000)
    #expect(terms.allSatisfy { $0.utf8.count <= 64 })
  }
}
