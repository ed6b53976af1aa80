import Testing

@testable import FlowText
import RandomSupport

@Suite struct Lexicon {
  private let analyzer = TermAnalyzer()

  private func fields(_ question: String) -> [String: [String]] {
    Dictionary(
      uniqueKeysWithValues: SemanticFields.related(to: analyzer.queryTerms(in: question)).map {
        ($0.term, $0.related)
      }
    )
  }

  private func synonyms(_ question: String) -> [String: [String]] {
    Dictionary(
      uniqueKeysWithValues: NearSynonyms.related(to: analyzer.queryTerms(in: question)).map {
        ($0.term, $0.related)
      }
    )
  }

  // MARK: Tables

  private static let fieldLines = SemanticFields.tables.flatMap(\.lines)
  private static let groups = NearSynonyms.tables.flatMap(\.lines)

  private static func isHangul(_ word: String) -> Bool { (word.utf8.first ?? 0) >= 0x80 }

  @Test func `every line has heads before one colon and members after it`() {
    let lines = SemanticFields.tables.flatMap { $0.text.description.split(separator: "\n") }
    #expect(lines.count >= 300)
    for line in lines { #expect(line.count(where: { $0 == ":" }) == 1, "\(line)") }
    for line in Self.fieldLines {
      #expect(!line.heads.isEmpty, "\(line.members)")
      #expect(line.members.count >= 4, "\(line.heads)")
    }
  }

  @Test func `no head stands twice`() {
    var heads: Set<[String]> = []
    for head in Self.fieldLines.flatMap(\.heads) {
      let terms = analyzer.terms(in: head.replacing("_", with: " "))
      #expect(!terms.isEmpty, "\(head)")
      #expect(heads.insert(terms).inserted, "\(head)")
    }
  }

  @Test func `a member is one lowercase word that is no function word`() {
    for line in Self.fieldLines + Self.groups {
      var seen: Set<[String]> = []
      for member in line.members {
        #expect(member == member.lowercased())
        let terms = analyzer.terms(in: member)
        #expect(seen.insert(terms).inserted, "\(member) is in the line of \(line.heads[0]) twice")
        if Self.isHangul(member) {
          #expect(member.unicodeScalars.count > 1, "\(member)")
          #expect(!terms.allSatisfy(HangulGrammar.bigrams.contains), "\(member)")
        } else {
          #expect(terms.count == 1, "\(member)")
        }
      }
    }
  }

  @Test func `a group has two to ten words and no colon`() {
    #expect(Self.groups.count >= 300)
    for group in Self.groups {
      #expect((2...10).contains(group.heads.count), "\(group.heads)")
      #expect(group.heads == group.members)
    }
  }

  @Test func `every head finds its members`() {
    for table in SemanticFields.tables + NearSynonyms.tables {
      for line in table.lines {
        let members = Set(line.members.flatMap { analyzer.terms(in: $0) }).subtracting(HangulGrammar.bigrams)
        for head in line.heads {
          let terms = analyzer.terms(in: head.replacing("_", with: " "))
          // One table is searched, not all: thousands of searches are many for a debug build.
          var search = LexiconSearch(queryTerms: terms)
          search.search(table)
          let found = search.findings().flatMap(\.related)
          #expect(members.subtracting(terms).isSubset(of: found), "\(head)")
        }
      }
    }
  }

  // MARK: Searches

  @Test(arguments: [
    ("What instruments does she play?", "instrument", "violin"), ("Does he have any pets?", "pet", "hamster"),
    ("which countries did they visit", "countri", "portug"),
    ("What programming languages?", "languag", "rust"),
    ("what martial arts does he do", "art", "taekwondo"), ("Who are the kids", "kid", "son"),
    ("which database is it", "databas", "postgresql"), ("어떤 악기를 연주해?", "악기", "올린"),
    ("직업이 뭐야?", "직업", "간호"), ("프로그래밍 언어가 뭐야", "언어", "이썬"),
  ])
  func `a general word finds a particular one`(question: String, head: String, member: String) {
    #expect(fields(question)[head]?.contains(member) == true)
  }

  @Test(arguments: [
    "guitar", "violin concert hall", "hamster", "portugal", "프로그래밍", "바이올린", "", "x", "martial law",
  ])
  func `a member finds no siblings, and a part of a head nothing of its field`(question: String) {
    let found = Set(fields(question).values.joined())
    #expect(found.isDisjoint(with: ["banjo", "goldfish", "spain", "taekwondo", "이썬", "첼로"]))
  }

  @Test(arguments: [
    ("buy", "purchas"), ("bought", "order"), ("movies", "film"), ("crash", "except"),
    ("deploy", "rollout"),
    ("colour", "color"), ("mom", "mum"), ("구입했어", "구매"), ("배포", "릴리"),
  ])
  func `a word finds its near-synonym`(word: String, other: String) {
    #expect(synonyms(word).values.joined().contains(other))
  }

  @Test(arguments: [
    ("martial arts", "taekwondo", "sculptur"), ("programming languages", "rust", "spanish"),
    ("애완동물", "햄스", "호랑"),
  ])
  func `the longer head wins`(question: String, member: String, other: String) {
    let found = fields(question).values.joined()
    #expect(found.contains(member) && !found.contains(other))
  }

  @Test func `groups are symmetric`() {
    for group in [["buy", "purchase", "order"], ["error", "bug", "failure"], ["시작", "개시"]] {
      for word in group {
        for other in group where other != word {
          let found = synonyms(word).values.joined()
          #expect(analyzer.terms(in: other).allSatisfy(found.contains), "\(word), \(other)")
        }
      }
    }
  }

  @Test func `words that only meet in other groups are not joined`() {
    #expect(synonyms("begin")["begin"]?.contains("unveil") == false)
    #expect(synonyms("zebra walnut").isEmpty)
  }

  @Test func `findings come in the order of the query, each term once and none of the query's own`() {
    let terms = analyzer.queryTerms(in: "family pets: dog, brothers, animals and cousins")
    let findings = SemanticFields.related(to: terms)
    #expect(findings.map(\.term) == ["famili", "pet", "dog", "anim"].filter(terms.contains))
    let related = findings.flatMap(\.related)
    #expect(Set(related).count == related.count)
    #expect(Set(related).isDisjoint(with: terms))
  }

  @Test func `bigrams of Korean grammar are never found`() {
    let related = fields("나라 도시").values.joined()
    #expect(related.contains("스위") && !related.contains("그리"))
    #expect(Set(related).isDisjoint(with: HangulGrammar.bigrams))
  }

  @Test func `any terms are searched`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    for _ in 0..<200 {
      let terms = analyzer.queryTerms(in: random.text(most: 60))
      for finding in SemanticFields.related(to: terms) + NearSynonyms.related(to: terms) {
        #expect(terms.contains(finding.term), "seed \(seed)")
        #expect(!finding.related.isEmpty, "seed \(seed)")
        #expect(Set(finding.related).isDisjoint(with: terms), "seed \(seed)")
      }
    }
  }
}
