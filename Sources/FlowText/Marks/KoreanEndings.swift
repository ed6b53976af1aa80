/// What may follow a Korean word inside its eojeol: particles, and the endings of requests.
enum KoreanEndings {
  /// Case particles, auxiliary particles, the copula, and the suffixes of time words (-째, -쯤, -경, -간).
  private static let particles: Set<[UInt8]> = list(
    """
    은 는 이 가 을 를 의 에 에는 에도 에서 에만 로 으로 와 과 도 만 나 이나 부터 까지 까지는 마다 보다 처럼 쯤 쯤에 경 경에
    간 째 동안 전 전에 전의 전에는 전부터 후 후에 후에는 뒤 뒤에 반 반에 안에 내에 내로 이내 이다 이야 이에요 입니다 인 인데 였어 이었어 였다
    차 치 말 초 중 중에 들 날 밤 아침 한테 에게 정도 정도에 야 요 예요
    """
  )

  /// Plain, polite and written requests and prohibitions.
  private static let requests = list("세요 십시오 시오 줘 줘요 마 마요 말아 말아요 하라 해라 지마 해줘 바람 바랍니다 부탁해 부탁해요 부탁드려요 해 써")
    .sorted { $0.count > $1.count }

  private static func list(_ words: String) -> Set<[UInt8]> {
    Set(words.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) })
  }

  static func isParticle(_ bytes: UnsafeBufferPointer<UInt8>, start: Int, end: Int) -> Bool {
    end - start <= 12 && particles.contains(Array(bytes[start..<end]))
  }

  static func isImperative(_ bytes: UnsafeBufferPointer<UInt8>, start: Int, end: Int) -> Bool {
    requests.contains { ending in
      end - start >= ending.count && bytes[(end - ending.count)..<end].elementsEqual(ending)
    }
  }
}
