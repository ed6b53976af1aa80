import FlowText
import RandomSupport
import Testing

/// What holds for any text.
@Suite struct `Redaction of random texts` {
  private static let words = [
    "deploy", "the", "password", "token", "배포가", "끝났습니다", "비밀번호는", "部署", "完成了", "密码", "rows", "1,204", "key",
    "v1.2.3", "src/a.swift", "https://example.com/x?a=1", "secret:", "api_key", "=", ":", "\"", "'", "user",
    "-u",
    "--password", "Bearer", "[masked token]", "[masked", "é", "\\n", "-----BEGIN", "//", "@", "$HOME", "<b>",
    "{", "}",
  ]
  private static let gaps = [" ", " ", " ", "\n", ", ", ". ", "\t", "。", "", "\r\n"]

  private static func text(_ random: inout SeededRandom) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0...25, using: &random) {
      text += words.randomElement(using: &random)! + gaps.randomElement(using: &random)!
    }
    return text
  }

  private static let patterns: [RedactionPattern] = [
    "ACME-[0-9]{4}", "user (\\w+)", "foo(?!bar)", "rows|^de",
  ].compactMap {
    try? RedactionPattern($0)
  }

  @Test(arguments: [[], Self.patterns]) func `masking twice is masking once, and the rest stays`(
    patterns: [RedactionPattern]
  ) {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    let redactor = Redactor(patterns: patterns)
    for _ in 0..<500 {
      var source = Self.text(&random)
      for made in MadeUpSecret.all(&random).shuffled(using: &random).prefix(
        Int.random(in: 0...3, using: &random)
      ) {
        source += made.text + Self.gaps.randomElement(using: &random)! + Self.text(&random)
      }
      let redacted = redactor.redact(source)
      #expect(
        redactor.redact(redacted.text).text == redacted.text,
        "seed \(seed): \(source.debugDescription)"
      )
      #expect(
        Self.joined(source, redacted.masks) == redacted.text,
        "seed \(seed): \(source.debugDescription)"
      )
    }
  }

  /// The source with the marks that the masks say, byte for byte.
  private static func joined(_ source: String, _ masks: [Mask]) -> String {
    let bytes = Array(source.utf8)
    var (output, place): ([UInt8], Int) = ([], 0)
    for mask in masks {
      output += bytes[place..<mask.range.lowerBound] + Array(mask.kind.mark.utf8)
      place = mask.range.upperBound
    }
    return String(decoding: output + bytes[place...], as: UTF8.self)
  }

  @Test(arguments: [
    "the deploy is done and 1,204 rows are bad", "배포가 끝났고 행 1,204개가 잘못되었습니다", "部署完成了，有1204行错误",
    #"{"log": "line one\nline two"}"#,
  ])
  func `no planted secret survives`(around: String) {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    let characters = Array(around)
    for _ in 0..<20 {
      for made in MadeUpSecret.all(&random) {
        let place = Int.random(in: 0...characters.count, using: &random)
        let gap = ["\n", "\n\n"].randomElement(using: &random)!
        let text = String(characters[..<place]) + gap + made.text + gap + String(characters[place...])
        let redacted = Redactor().redact(text).text
        #expect(!Self.holds(redacted, made), "seed \(seed): \(text.debugDescription)")
      }
    }
  }

  @Test func `no key survives between any signs`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    let signs = [
      " ", "\"", "'", "(", "=", ":", ",", "|", "/", "가", "的", "\\n", "%3D", "\u{1B}[31m", "`", "<", "_",
    ]
    let ends = [" ", "\"", "'", ")", "&", ",", "|", "가", "的", "\\n", "`", "<", ";", ""]
    for made in MadeUpSecret.keys(&random) {
      let texts = signs.flatMap { before in ends.map { "x" + before + made.secret + $0 } }
      let survived = texts.filter { Self.holds(Redactor().redact($0).text, made) }
      #expect(survived.isEmpty, "seed \(seed): \(survived.first?.debugDescription ?? "")")
    }
  }

  /// Whether eight bytes in a row of a secret stand in a text.
  private static func holds(_ text: String, _ made: MadeUpSecret) -> Bool {
    let bytes = Array(made.secret.utf8)
    // What names the kind of a block, and of a cookie, is no secret.
    let telling = made.kind == .privateKey ? Array(bytes.dropFirst(60).dropLast(40)) : bytes
    let text = Array(text.utf8)
    let length = min(8, telling.count)
    let pieces = Set(telling.indices.dropLast(length - 1).map { Array(telling[$0..<$0 + length]) })
    return text.indices.dropLast(length - 1).contains { pieces.contains(Array(text[$0..<$0 + length])) }
  }

  @Test(arguments: [
    "a", ":", "=", "-", "[masked ", "-----BEGIN ", "-----" + "BEGIN PRIVATE KEY-----", "password=",
    "password='", "token=",
    "\\\"password\\\":\\\"", "://a:", "https://a:b/", "eyJ" + "hbGciOiJIUzI1NiJ9.", "sk-", "Bearer ",
    "machine a login b ", "curl -u a:b ", "--password ", "<password>", "a:1:", "Cookie: a=b", "Cookie: ",
    "비밀번호：",
    ".aaaaaa.", "\\", "K: v\n", "{\"a\":{\"password\":",
  ])
  func `much of one thing is read to its end`(piece: String) {
    let length = piece.utf8.count == 1 ? 1_000_000 : 100_000
    let text = String(repeating: piece, count: length / piece.utf8.count)
    let redacted = Redactor().redact(text)
    #expect(redacted.masks.allSatisfy { $0.range.upperBound <= text.utf8.count })
  }
}
