import RandomSupport

@testable import FlowText

/// Secrets that nobody ever had, put together at run time so that no scanner of repositories takes them for real.
struct MadeUpSecret: Sendable {
  let kind: MaskKind
  /// What stands around the secret.
  let before: String
  let secret: String
  let after: String

  var text: String { before + secret + after }

  init(_ kind: MaskKind, _ before: String, _ secret: String, _ after: String = "") {
    (self.kind, self.before, self.secret, self.after) = (kind, before, secret, after)
  }

  static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
  private static let capitals = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")

  /// Letters and digits, of which each few are digits, so that it reads like a key and not like words.
  static func run(_ count: Int, _ random: inout SeededRandom, of letters: [Character] = letters) -> String {
    var text = ""
    for index in 0..<count {
      text.append(
        index % 4 == 1
          ? Character(String(Int.random(in: 2...9, using: &random))) : letters.randomElement(using: &random)!
      )
    }
    return text
  }

  static func hex(_ count: Int, _ random: inout SeededRandom) -> String {
    run(count, &random, of: Array("abcdef"))
  }

  /// One of every kind and form.
  static func all(_ random: inout SeededRandom) -> [MadeUpSecret] {
    keys(&random) + blocks(&random) + named(&random) + placed(&random)
  }

  static func keys(_ random: inout SeededRandom) -> [MadeUpSecret] {
    var made: [MadeUpSecret] = []
    let prefixes = [
      ("sk" + "-", 40), ("sk" + "-proj-", 60), ("sk" + "-ant-api03-", 80), ("AI" + "za", 35),
      ("gh" + "p_", 36),
      ("gh" + "o_", 36), ("gh" + "s_", 36), ("gh" + "u_", 36), ("github" + "_pat_", 60), ("gl" + "pat-", 20),
      ("xo" + "xb-", 40), ("sk" + "_live_", 24), ("rk" + "_live_", 24), ("np" + "m_", 36), ("py" + "pi-", 90),
      ("h" + "f_", 34), ("hv" + "s.", 30), ("gs" + "k_", 40),
    ]
    for (prefix, count) in prefixes { made.append(MadeUpSecret(.apiKey, "", prefix + run(count, &random))) }
    for prefix in ["AK" + "IA", "AS" + "IA"] {
      made.append(MadeUpSecret(.apiKey, "", prefix + run(16, &random, of: capitals)))
    }
    made.append(MadeUpSecret(.apiKey, "", "S" + "K" + hex(32, &random)))
    made.append(MadeUpSecret(.apiKey, "", "S" + "G." + run(22, &random) + "." + run(43, &random)))
    made.append(MadeUpSecret(.apiKey, "", "123456" + "789:" + run(35, &random)))
    made.append(
      MadeUpSecret(.apiKey, "", "M" + run(23, &random) + "." + run(6, &random) + "." + run(38, &random))
    )
    let header = "eyJ" + "hbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"
    made.append(MadeUpSecret(.jwt, "", header + ".eyJ" + run(40, &random) + "." + run(43, &random)))
    return made
  }

  static func blocks(_ random: inout SeededRandom) -> [MadeUpSecret] {
    func block(_ label: String, _ lineEnd: String, hasEnd: Bool) -> String {
      let lines = (0..<5).map { _ in run(64, &random) }
      let body = lines.joined(separator: lineEnd)
      let begin = "-----" + "BEGIN \(label)-----" + lineEnd + body
      return hasEnd ? begin + lineEnd + "-----" + "END \(label)-----" : begin
    }
    var made: [MadeUpSecret] = []
    for label in ["PRIVATE KEY", "RSA PRIVATE KEY", "OPENSSH PRIVATE KEY", "ENCRYPTED PRIVATE KEY"] {
      for lineEnd in ["\n", "\\n", "\r\n"] {
        made.append(MadeUpSecret(.privateKey, "", block(label, lineEnd, hasEnd: true)))
        made.append(MadeUpSecret(.privateKey, "", block(label, lineEnd, hasEnd: false)))
      }
    }
    made.append(
      MadeUpSecret(.privateKey, #"{"private_key": ""#, block("PRIVATE KEY", "\\n", hasEnd: true), #"\n"}"#)
    )
    return made
  }

  static func named(_ random: inout SeededRandom) -> [MadeUpSecret] {
    let password = run(12, &random)
    let key = run(32, &random)
    return [
      MadeUpSecret(.password, "PASSWORD=", password),
      MadeUpSecret(.password, "export DB_PASSWORD=", password),
      MadeUpSecret(.password, "password: ", password),
      MadeUpSecret(.password, #"{"passwd": ""#, password, #""}"#),
      MadeUpSecret(.password, #"{\"password\":\""#, password, #"\"}"#),
      MadeUpSecret(.password, "spring.datasource.password = ", password),
      MadeUpSecret(.password, "비밀번호: ", password), MadeUpSecret(.password, "パスワード：", password),
      MadeUpSecret(.password, "密码：", password), MadeUpSecret(.password, "pwd = '", password, "'"),
      MadeUpSecret(.password, "Server=db;User Id=jun;Password=", password, ";Timeout=3"),
      MadeUpSecret(.password, "'password' => '", password, "',"),
      MadeUpSecret(.password, "--password ", password),
      MadeUpSecret(.password, "<password>", password, "</password>"),
      MadeUpSecret(.password, "let password: String = \"", password, "\""),
      MadeUpSecret(.token, "https://example.com/?access_token=", key, "&page=2"),
      MadeUpSecret(.token, "GITHUB_TOKEN=", key), MadeUpSecret(.token, "auth_token: \"", key, "\""),
      MadeUpSecret(.token, "//registry.example/:_authToken=", key),
      MadeUpSecret(.secret, "client_secret=", key), MadeUpSecret(.secret, "clientSecret: '", key, "'"),
      MadeUpSecret(.apiKey, "api_key = \"", key, "\""), MadeUpSecret(.apiKey, "x-api-key: ", key),
      MadeUpSecret(.apiKey, "apiKey: ", key), MadeUpSecret(.apiKey, "aws_secret_access_key = ", key + "/a+b"),
      MadeUpSecret(.apiKey, "AccountName=x;AccountKey=", key + "/+==", ";EndpointSuffix=y"),
    ]
  }

  static func placed(_ random: inout SeededRandom) -> [MadeUpSecret] {
    let (password, key) = (run(12, &random), run(40, &random))
    return [
      MadeUpSecret(.password, "postgres://jun:", password, "@db.example.com:5432/app"),
      MadeUpSecret(.password, "redis://:", password, "@localhost:6379/0"),
      MadeUpSecret(.token, "https://", key, "@example.com/a.git"),
      MadeUpSecret(.authorization, "Authorization: Bearer ", key),
      MadeUpSecret(.authorization, "curl -H 'Authorization: Basic ", key + "==", "' https://example.com"),
      MadeUpSecret(.authorization, #"{"Authorization": "Bearer "#, key, #""}"#),
      MadeUpSecret(.cookie, "Cookie: ", "sid=\(key); theme=dark"),
      MadeUpSecret(.cookie, "Set-Cookie: ", "sid=\(key); Path=/; HttpOnly"),
      MadeUpSecret(.password, "curl -u jun:", password, " https://example.com"),
      MadeUpSecret(.password, "machine example.com login jun password ", password),
      MadeUpSecret(.password, "machine example.com\n  login jun\n  password ", password),
      MadeUpSecret(.password, "db.example.com:5432:app:jun:", password),
    ]
  }
}
