import Testing

@testable import FlowText

@Suite struct `Names` {
  @Test(arguments: [
    "New York", "New York City", "Caroline", "Bank of America", "John F. Kennedy", "Mr. Smith",
    "Leonardo da Vinci",
    "Lord Of The Rings", "Jean-Luc", "O'Brien", "LGBTQ", "NASA", "São Paulo", "Éric",
    "University of Cambridge", "McDonald",
  ])
  func `inside a sentence are found`(name: String) {
    #expect(texts("yesterday we saw \(name) there", .name) == [name])
    #expect(texts("we like \(name)'s way", .name) == [name])
    #expect(texts("for \(name).", .name) == [name])
  }

  @Test(arguments: [
    "Then we left. When it was over, So they said.", "I think I'm here and I'll go",
    "We went. They stayed! Did you?",
    "The end", "- Book the flight\n- Cancel it", "this is NOT good and VERY bad, OK", "On Monday in May",
    "Thanks! Great. Wow",
    "class Label(Widget):\n    self.Label = Button(Frame)",
    "import Foundation\nfrom tkinter import Tk, Label", "# a B",
  ])
  func `are not the capitals of sentences, code and calendars`(text: String) {
    #expect(texts(text, .name) == [])
  }

  @Test func `at the head of a sentence need a witness`() {
    #expect(texts("Melanie painted it.", .name) == [])
    #expect(texts("Melanie painted it. Then Ana met Melanie there.", .name) == ["Melanie", "Ana", "Melanie"])
    // A paragraph does not vouch for another.
    #expect(texts("Melanie painted it.\n\nThen Ana met Melanie.", .name) == ["Ana", "Melanie"])
  }

  @Test func `that label lines are speakers`() {
    let talk = "Jun: did it work\nAna: it did\nJun: fine\nAna: bye"
    #expect(texts(talk, .name) == ["Jun", "Ana", "Jun", "Ana"])
    #expect(texts("Note: this\nNote: that", .name) == [])
  }

  @Test func `with initials are one name`() {
    #expect(
      texts("a quote by J.K. Rowling and J. R. R. Tolkien", .name) == ["J.K. Rowling", "J. R. R. Tolkien"]
    )
    #expect(texts("the Lord of the Rings", .name) == ["Lord of the Rings"])
  }

  @Test func `in headings and bold letters tell little`() {
    let text = "## Error Handling\n- **Flight Number**: see Lisbon"
    #expect(found(text).filter { $0.kind == .name }.map(\.weight) == [200, 200, 500])
    #expect(texts("- Arrival: 3\n- Arrival: 4", .name) == [])
  }

  @Test func `in titles tell little`() {
    let title = found("Best Practices For Organizing Sass Files")
    #expect(title.allSatisfy { $0.kind != .name || $0.weight == IdentifierWeights.commonName })
  }

  @Test func `of several words tell more`() {
    #expect(found("we saw New York")[0].weight > found("we saw Caroline")[0].weight)
    #expect(found("we saw Caroline")[0].weight > found("we saw NASA")[0].weight)
  }

  @Test(arguments: [
    ("어제 김민수 교수를 만났다", ["김민수"]), ("지영 씨가 왔다", ["지영"]), ("민수씨는 갔다", ["민수"]),
    ("김민수님이 물었다", ["김민수"]), ("박서연 팀장님과 회의", ["박서연"]), ("서울대학교에서", ["서울대학교"]),
    ("서울시 강남구에 산다", ["서울시", "강남구"]),
    ("부산역에서 만나", ["부산역"]), ("인천국제공항으로", ["인천국제공항"]), ("인천국제공항에서", ["인천국제공항"]),
  ])
  func `in Korean need a title or a suffix`(text: String, names: [String]) {
    #expect(texts(text, .name) == names)
  }

  @Test(arguments: [
    "날씨가 좋다", "아저씨가 왔다", "친구가 다시 표시했다", "유능한 기자가 썼다", "연구와 야구", "이번 역시 도구를", "선생님이 왔다", "고객님께", "중요한 역",
    "마음씨가",
  ])
  func `are not seen in Korean words like them`(text: String) {
    #expect(texts(text, .name) == [])
  }

  @Test func `in Japanese need an honorific`() {
    #expect(texts("田中さんと話した", .name) == ["田中"])
    #expect(texts("皆さん、お母さんと", .name) == [])
  }
}
