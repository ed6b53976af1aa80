// Korean has no capitals, and most syllables of names are syllables of other words too. So a name is found only by
// what stands behind it: a title ("김민수 교수", "지영 씨") or a suffix that ends names of places and schools and
// hardly anything else. What is missed here is found as a term; what is found wrongly would be kept as a fact.

/// Korean names of persons and places, and native numbers with a counter.
enum KoreanNames {
  /// The name that a word is, with its weight: without the title of a person, with the suffix of a place.
  static func name(_ bytes: UnsafeBufferPointer<UInt8>, _ word: Range<Int>) -> (Range<Int>, Int)? {
    let syllables = word.count / 3
    guard (2...12).contains(syllables), word.count % 3 == 0 else { return nil }
    if let person = person(bytes, word, syllables) { return (person, IdentifierWeights.name + 100) }
    if let place = place(bytes, word) { return (place, IdentifierWeights.name) }
    return nil
  }

  // MARK: Persons

  private static func person(_ bytes: UnsafeBufferPointer<UInt8>, _ word: Range<Int>, _ syllables: Int)
    -> Range<Int>?
  {
    // The title is a word of its own: 김민수 교수.
    if (2...4).contains(syllables), bytes.byte(at: word.upperBound) == 0x20 {
      let next = word.upperBound + 1
      if matches(bytes, next, titles) != nil, syllables == 3, hasSurname(bytes, word) { return word }
      if let end = match(bytes, next, mister), isEnd(bytes, end), isPlausible(bytes, word) { return word }
    }
    // 민수씨는, 김민수님
    for index in stride(from: word.lowerBound + 6, to: word.upperBound, by: 3)
    where index - word.lowerBound <= 12 {
      let stem = word.lowerBound..<index
      if let end = match(bytes, index, mister), end <= word.upperBound, isEnd(bytes, end),
        isPlausible(bytes, stem)
      {
        return stem
      }
      if stem.count == 9, hasSurname(bytes, stem),
        let end = match(bytes, index, sir) ?? matches(bytes, index, titles),
        end <= word.upperBound, isEnd(bytes, end)
      {
        return stem
      }
    }
    return nil
  }

  private static let mister = Array("씨".utf8)
  private static let sir = Array("님".utf8)
  private static let titles = list(
    "교수 대리 팀장 선생님 선생 부장 과장 사장 대표 박사 기자 감독 의원 장관 대통령 회장 이사 차장 실장 원장 국장 총장 작가 배우 선수 변호사 판사 검사 연구원 매니저"
  )
  private static let surnames = Set(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용".unicodeScalars
  )
  /// Last syllables of inflected words before a noun, which end few names.
  private static let inflections = Set("한는던된될할의를을와과에로만적들했".unicodeScalars)
  private static let notNames = list("아저 마음 아가 이쪽 저쪽 불 날 솜 글 말 노총각 아줌마 할머니 할아버지 총각")

  private static func list(_ words: String) -> [[UInt8]] {
    words.split(separator: " ").map { Array($0.utf8) }
  }

  private static func match(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int, _ text: [UInt8]) -> Int? {
    place + text.count <= bytes.count && bytes[place..<place + text.count].elementsEqual(text)
      ? place + text.count : nil
  }

  private static func matches(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int, _ texts: [[UInt8]]) -> Int? {
    for text in texts where bytes.byte(at: place) == text[0] {
      if let end = match(bytes, place, text), isEnd(bytes, end) { return end }
    }
    return nil
  }

  /// The word ends at a place, or only particles follow.
  private static func isEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> Bool {
    var end = place
    while end + 3 <= bytes.count, end - place < 15, bytes[end] >= 0xEA,
      ScalarClass(bytes.scalar(at: end).scalar) == .hangul
    {
      end += 3
    }
    if end == place { return true }
    let honorific = match(bytes, place, sir) ?? place
    return honorific == end || KoreanEndings.isParticle(bytes, start: honorific, end: end)
  }

  private static func hasSurname(_ bytes: UnsafeBufferPointer<UInt8>, _ word: Range<Int>) -> Bool {
    surnames.contains(bytes.scalar(at: word.lowerBound).scalar)
      && !inflections.contains(bytes.scalar(at: word.upperBound - 3).scalar)
  }

  private static func isPlausible(_ bytes: UnsafeBufferPointer<UInt8>, _ stem: Range<Int>) -> Bool {
    (6...12).contains(stem.count) && !notNames.contains { bytes[stem].elementsEqual($0) }
  }

  // MARK: Places

  private static let suffixes = list("대학교 고등학교 중학교 초등학교 특별시 광역시 특별자치도 특별자치시 국제공항 박물관 미술관 대학원")
  private static let regions = list(
    "서울 부산 대구 인천 광주 대전 울산 세종 경기 강원 충북 충남 전북 전남 경북 경남 제주 충청 전라 경상 수원 성남 고양 용인 창원 청주 전주 천안 포항 안산 안양 김해 평택 춘천 강릉 원주 여수 순천 목포 진주 경주 구미 강남 서초 송파 종로 마포 용산 영등포 노원 은평 관악 동작 성북 해운대"
  )
  private static let places = list("시 도 구 역 군 동 대")

  /// 서울대학교, 서울시, 강남구: the suffix stays, particles do not.
  private static func place(_ bytes: UnsafeBufferPointer<UInt8>, _ word: Range<Int>) -> Range<Int>? {
    for region in regions where bytes[word.lowerBound] == region[0] {
      guard let end = match(bytes, word.lowerBound, region) else { continue }
      if let suffix = matches(bytes, end, places) { return word.lowerBound..<suffix }
    }
    for index in stride(from: word.lowerBound + 6, to: word.upperBound, by: 3) {
      if let end = matches(bytes, index, suffixes), end <= word.upperBound { return word.lowerBound..<end }
    }
    return nil
  }

  // MARK: Native numbers

  private static let natives: [(text: [UInt8], value: Int)] = [
    "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열",
  ].enumerated().map { (Array($1.utf8), $0 + 2) }
  private static let ordinal = Array("째".utf8)
  private static let counters = list("개 명 번 살 권 장 대 마리 병 잔 곳 가지 달 시간 사람 배")

  /// 세 명, 다섯 개.
  static func nativeNumber(_ bytes: UnsafeBufferPointer<UInt8>, _ word: Range<Int>) -> IdentifierFind? {
    guard word.count <= 6, bytes.byte(at: word.upperBound) == 0x20,
      let native = natives.first(where: { bytes[word].elementsEqual($0.text) })
    else { return nil }
    let place = word.upperBound + 1
    // 세 번째 is an ordinal.
    guard let end = matches(bytes, place, counters), match(bytes, end, ordinal) == nil else { return nil }
    let counter = String(decoding: bytes[place..<end], as: UTF8.self)
    let unit =
      switch counter {
      case "달": "month"
      case "시간": "h"
      case "사람": "명"
      default: counter
      }
    return IdentifierFind(
      .number,
      word.lowerBound,
      end,
      IdentifierWeights.countedWord,
      normal: "\(native.value) \(unit)"
    )
  }
}
