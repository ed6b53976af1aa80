import Testing

@testable import FlowText

@Suite struct `Irregular forms` {
  private static let lines = IrregularForms.forms.description.split(separator: "\n").map {
    $0.split(separator: " ").map(String.init)
  }

  private func lemma(of word: String) -> String? {
    IrregularForms.lemma(of: Array(word.utf8)).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(arguments: [
    ("went", "go"), ("bought", "buy"), ("thought", "think"), ("found", "find"), ("children", "child"),
    ("people", "person"), ("mice", "mouse"), ("knives", "knife"), ("criteria", "criterion"),
    ("grandchildren", "grandchild"), ("better", "good"), ("worst", "bad"), ("further", "far"),
  ])
  func `a form has its lemma`(form: String, lemma: String) {
    #expect(self.lemma(of: form) == lemma)
  }

  @Test(arguments: [
    "", "a", "go", "left", "lay", "wound", "ground", "bore", "rose", "bound", "shot", "bit", "leaves",
    "walked",
    "wen", "wents", "boughtbought", "grandchildrens", "schoolchildrenschoolchildren",
  ])
  func `any other word has none`(word: String) {
    #expect(lemma(of: word) == nil)
  }

  @Test func `every form of the table is found, once, and no lemma is a form`() {
    let forms = Self.lines.flatMap { $0.dropFirst() }
    #expect(forms.count > 350)
    #expect(Set(forms).count == forms.count)
    #expect(forms.map(\.utf8.count).max() == IrregularForms.longestForm)
    for line in Self.lines {
      #expect(line.count > 1, "\(line)")
      #expect(lemma(of: line[0]) == nil, "\(line[0])")
      #expect(!StopWords.contains(Array(line[0].utf8)), "\(line[0])")
      for form in line.dropFirst() { #expect(lemma(of: form) == line[0]) }
    }
  }

  @Test func `no form has the stem of its lemma already`() {
    for line in Self.lines {
      let stem = EnglishStemmer.stem(line[0])
      for form in line.dropFirst() { #expect(EnglishStemmer.stem(form) != stem, "\(form)") }
    }
  }

  @Test(arguments: [
    ("Went", "go"), ("she bought it", "buys"), ("the children's", "child"), ("best-known", "best-know"),
    ("QUIZZES", "quiz"), ("underwent", "undergoing"),
  ])
  func `a form and its base form give the same last term`(form: String, base: String) {
    let analyzer = TermAnalyzer()
    #expect(analyzer.terms(in: form).last == analyzer.terms(in: base).last)
    #expect(analyzer.terms(in: form).last != nil)
  }
}
