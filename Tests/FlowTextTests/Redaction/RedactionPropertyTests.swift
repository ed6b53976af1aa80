import FlowText
import RandomSupport
import Testing

@Suite struct `Properties of masking` {
  private static let words: [String] = [
    "The build failed after 12 minutes, as before.", "see src/main.swift:42", "sha 9fceb02d0ae598e9",
    "token budget",
    "어제 서버가 멈췄어요.", "배포는 3시에 끝났다", "数据库已经恢复。", "我们下午三点开会", "日本語の文です。", "password",
    "key:", "=", ":", "://", "@", "\"", "'", "\\\"", "\\n", "\n", "\n\n", "[", "]", "{", "}", "-----", "curl",
    "-u",
    "Bearer ", "Authorization: ", "PASSWORD=", "api key: ", "비밀번호: ", "secret", "<password>", "--token",
    "eyJ",
    "machine", "login", "sk-", "[masked ", "[masked token]", "[masked pattern]", "🔑", "Cookie: a=", "export ",
    "&", ";",
    "-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----", "ACME-123456", "7Qx81aZ09bbT",
    "a1b2c3d4e5f6",
  ]

  private static func prose(_ count: Int, _ random: inout SeededRandom) -> String {
    (0..<count).map { _ in
      words[Int.random(in: 0..<words.count, using: &random)] + (Bool.random(using: &random) ? " " : "")
    }.joined()
  }

  /// What the masks leave, put together again.
  private static func assembled(_ text: String, _ redacted: RedactedText) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var end = 0
    for mask in redacted.masks {
      result += bytes[end..<mask.range.lowerBound] + Array(mask.kind.mark.utf8)
      end = mask.range.upperBound
    }
    return String(decoding: result + bytes[end...], as: UTF8.self)
  }

  @Test(arguments: [UInt64](1...12))
  func `masking twice changes nothing, and all but the masks stays`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let redactors = [
      Redactor(),
      Redactor(patterns: [
        try RedactionPattern("ACME-[0-9]{6}"), try RedactionPattern("(?i)key.? ?([a-z0-9]{4,12})"),
        try RedactionPattern("^[a-z]+"), try RedactionPattern("[=:]$"),
      ]),
    ]
    for _ in 0..<20 {
      var text = Self.prose(Int.random(in: 1...40, using: &random), &random)
      for planted in PlantedSecret.all(&random).shuffled(using: &random).prefix(3) {
        text += planted.text + Self.prose(Int.random(in: 0...4, using: &random), &random)
      }
      for redactor in redactors {
        let once = redactor.redact(text)
        let twice = redactor.redact(once.text)
        try #require(twice.text == once.text && twice.masks.isEmpty, "seed \(seed): \(text)")
        try #require(Array(once.text.utf8) == Array(Self.assembled(text, once).utf8), "seed \(seed)")
      }
    }
  }

  @Test(arguments: [UInt64](1...8))
  func `no planted secret survives`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let prose = [
      "The import of 1,204 rows failed (exit 1); I will try again tomorrow.", "오류가 나서 다시 시도했습니다. 로그는 아래와 같아요",
      "我已经检查了日志，服务在三点重启。", "Use `make test` first, then look at docs/figures.md.", "- [x] done {ok}",
      "\t| a | b |",
    ]
    for planted in PlantedSecret.all(&random) {
      let before = prose[Int.random(in: 0..<prose.count, using: &random)]
      let after = prose[Int.random(in: 0..<prose.count, using: &random)]
      let newline = Bool.random(using: &random) ? "\n" : "\r\n"
      let text = before + newline + planted.text + newline + after
      let redacted = Redactor().redact(text)
      try #require(!redacted.text.contains(planted.secret), "seed \(seed): \(planted.name): \(planted.text)")
      try #require(
        redacted.text == before + newline + planted.before + planted.kind.mark + planted.after + newline
          + after,
        "seed \(seed): \(planted.name): \(planted.text)"
      )
    }
  }

  @Test(arguments: [UInt64](1...4))
  func `no secret of a known form survives within a line`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for planted in PlantedSecret.forms(&random) {
      for (before, after) in [
        ("use ", " now"), ("(", ")"), ("\"", "\""), ("키는 ", " 입니다"), ("密钥是", "。"), ("key=", "&x=1"),
        ("`", "`,"), (#"\n"#, #"\n"#),
      ] {
        let redacted = Redactor().redact(before + planted.text + after)
        try #require(
          !redacted.text.contains(planted.secret),
          "seed \(seed): \(before)\(planted.text)\(after)"
        )
      }
    }
  }

  /// Where time is quadratic, these take minutes.
  @Test(
    .timeLimit(.minutes(2)),
    arguments: [
      "a", ":", "=", "-----BEGIN ", "-----BEGIN RSA PRIVATE KEY-----\n", "\"", "\\\"", "password=",
      "token: \"",
      "://a:", "eyJhbGciOiJ9.", "eyJ-", "sk-", "Bearer ", "[masked ", "machine a login b ", " -u a:b curl",
      "\"password\":\"a",
      "AKIA", "<password>", "--token ", "M.", "비밀번호：", "5432:", "Authorization: Digest a, ", "Cookie: a=b",
      "12345678:",
    ]
  )
  func `hostile texts take linear time and stay valid`(unit: String) throws {
    let bytes = ["a", ":", "-----BEGIN "].contains(unit) ? 1 << 20 : 1 << 17
    let text = String(repeating: unit, count: bytes / unit.utf8.count)
    let redacted = Redactor().redact(text)
    #expect(Redactor().redact(redacted.text).text == redacted.text)
  }
}
