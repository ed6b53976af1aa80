import FlowText
import Testing
import RandomSupport

@Suite struct `English stemmer` {
  @Test(arguments: StemFixture.pairs)
  func `a word has the stem that Snowball gives it`(word: String, stem: String) {
    #expect(EnglishStemmer.stem(word) == stem)
  }

  @Test(arguments: [
    ["connect", "connected", "connecting", "connection", "connections"], ["geology", "geologist"],
  ])
  func `the forms of a word share one stem`(forms: [String]) {
    #expect(Set(forms.map(EnglishStemmer.stem)).count == 1)
  }

  @Test(arguments: [
    ("café's", "café"), ("naïvely", "naïv"), ("日本", "日本"), ("éducations", "éducat"), ("", ""),
  ])
  func `letters outside ASCII are kept and count as consonants`(word: String, stem: String) {
    #expect(EnglishStemmer.stem(word) == stem)
  }

  @Test func `any letters at all are stemmed without a failure and never grow by more than one`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    let letters = Array("abcdefghilmnorstuyz'éY")
    for _ in 0..<5000 {
      let word = String(
        (0..<Int.random(in: 0...14, using: &random)).map { _ in letters.randomElement(using: &random)! }
      )
      #expect(
        EnglishStemmer.stem(word).unicodeScalars.count <= word.unicodeScalars.count + 1,
        "seed \(seed): \(word)"
      )
    }
  }
}
