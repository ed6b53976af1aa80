import Testing

@testable import FlowText

@Suite struct `Identifier set` {
  /// Whether the one identifier of `text` stands in `source`.
  private func isBacked(_ text: String, by source: String) -> Bool {
    let identifiers = found(text)
    return !identifiers.isEmpty && IdentifierSet(source).missing(of: identifiers).isEmpty
  }

  @Test(arguments: [
    ("1,204", "1204 rows"), ("1204", "1,204 bad rows"), ("1,204 bad rows", "1204"), ("3.50 dollars", "$3.5"),
    ("three kids", "3"),
    ("120,000 won", "12만 원"), ("50%", "50 percent"), ("3 GB", "3GB"), ("10,000", "10k"),
    ("5 years", "a 5-year plan"),
    ("2024-04-12", "April 12, 2024"), ("April 12", "on 2024-04-12"), ("12 April", "2024년 4월 12일"),
    ("in 2024", "2024-04-12"),
    ("April 2024", "12.4.2024 or 2024-04-12"), ("2024-04-12", "on April 12; the year is 2024"),
    ("7 May 2023", "5/7/2023"),
    ("2024", "in 2024"), ("in 2019", "the 2019 results"), ("3:30 pm", "at 15:30"), ("15:30", "at 3:30"),
    ("3:30", "15:30:10"),
    ("08:15", "8:15"), ("오후 3시", "at 3 pm"), ("3f2a9c1", "3f2a9c1d4e5f60718293a4b5c6d7e8f901234567"),
    ("v1.2.3", "1.2.3"), ("Python 3.12", "3.12 of Python"), ("main.swift", "Sources/App/main.swift"),
    ("./src/a.swift", "src/a.swift"),
    ("`make test`", "then run make test again"), ("\"bad rows\"", "1,204 bad rows"),
    ("the `foo` type", "foo was there"),
    ("we met Caroline there", "Caroline: hi"), ("to New York", "NEW YORK"),
    ("HTTPS://Example.com/", "see https://example.com"),
    ("Jun@Example.com", "jun@example.com"), ("#4597", "issue 4597"), ("서울시", "서울시는 넓다"),
    ("last week", "It was Last week"),
  ])
  func `sees through formatting`(text: String, source: String) {
    #expect(isBacked(text, by: source))
  }

  @Test(arguments: [
    ("1,205", "1,204"), ("3 GB", "3 MB"), ("$3.50", "€3.50"), ("5 GB", "3.5 GB"), ("12", "120"),
    ("2024-04-12", "April 13, 2024"),
    ("2024-04-12", "April 12"), ("April 12", "April 2024"), ("2024-04", "2024"), ("3:30 am", "15:30"),
    ("3:31", "3:30"),
    ("3f2a9c1", "3f2a9c2"), ("v1.2.3", "1.2.4"), ("main.swift", "domain.swift"),
    ("src/a.swift", "src/b.swift"), ("T001", "T0011"),
    ("`make test`", "make tests"), ("we met Ana there", "Anabel"), ("https://a.com/x", "https://a.com/y"),
    ("last week", "next week"),
    ("the 12%", "12 km"), ("Friday", "Monday"),
  ])
  func `does not see what is not there`(text: String, source: String) {
    #expect(!isBacked(text, by: source))
  }

  @Test func `tells which identifiers of a source a summary carried`() {
    let source = "Jun fixed src/Loader.swift on April 12, 2024: 1,204 bad rows, see T001."
    let summary = IdentifierSet("src/Loader.swift dropped 1204 rows (2024-04-12)")
    #expect(summary.missing(of: found(source)).map(\.text) == ["T001"])
  }

  @Test func `is built from several texts, which do not run together`() {
    let set = IdentifierSet(["we ran make", "test it"])
    #expect(set.contains(found("then `test it`")[0]))
    #expect(!set.contains(found("then `make test`")[0]))
    #expect(IdentifierSet([]).missing(of: found("T001 and 3 GB")).count == 2)
  }
}
