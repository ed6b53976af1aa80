import FlowText
import RandomSupport
import Testing

/// A made-up secret in the text around it, put together at run time so that no file holds one.
struct PlantedSecret: Sendable, CustomTestStringConvertible {
  let name: String
  let kind: MaskKind
  /// What stands around the secret: `before` gives it its meaning.
  let before: String
  let secret: String
  let after: String

  var text: String { before + secret + after }
  var testDescription: String { name }

  init(_ name: String, _ kind: MaskKind, _ before: String = "", _ secret: String, _ after: String = "") {
    self.name = name
    self.kind = kind
    self.before = before
    self.secret = secret
    self.after = after
  }

  // MARK: Made-up bodies

  static let letters = "abcdefghijklmnopqrstuvwxyz"
  static let alphanumeric = letters + letters.uppercased() + "0123456789"

  /// Random characters, of which the third is a digit and the fourth a capital, so that they read as no word.
  static func body(_ count: Int, _ alphabet: String, _ random: inout SeededRandom) -> String {
    let characters = Array(alphabet)
    var body = (0..<count).map { _ in characters[Int.random(in: 0..<characters.count, using: &random)] }
    if count > 3, alphabet.contains("7"), alphabet.contains("Q") {
      body[2] = "7"
      body[3] = "Q"
    }
    return String(body)
  }

  static func body(_ count: Int, _ random: inout SeededRandom) -> String {
    body(count, alphanumeric, &random)
  }

  static func base64URL(_ text: String) -> String {
    let alphabet = Array((letters.uppercased() + letters + "0123456789-_").utf8)
    var result: [UInt8] = []
    var bits = 0
    var count = 0
    for byte in text.utf8 {
      bits = bits << 8 | Int(byte)
      count += 8
      while count >= 6 {
        count -= 6
        result.append(alphabet[bits >> count & 63])
      }
    }
    if count > 0 { result.append(alphabet[bits << (6 - count) & 63]) }
    return String(decoding: result, as: UTF8.self)
  }

  static func pem(_ random: inout SeededRandom, label: String = "RSA PRIVATE KEY", newline: String = "\n")
    -> String
  {
    let lines = (0..<4).map { _ in body(64, alphanumeric + "+/", &random) } + [body(22, &random) + "=="]
    return (["-----BEGIN " + label + "-----"] + lines + ["-----END " + label + "-----"]).joined(
      separator: newline
    )
  }

  static func jwt(_ random: inout SeededRandom) -> String {
    base64URL(#"{"alg":"HS256","typ":"JWT"}"#) + "." + base64URL(#"{"sub":"4711","name":"made up"}"#) + "."
      + body(43, alphanumeric + "-_", &random)
  }

  /// One of every kind and form.
  static func all(_ random: inout SeededRandom) -> [PlantedSecret] {
    forms(&random) + headers(&random) + assignments(&random)
  }

  // MARK: Known by their form

  static func forms(_ random: inout SeededRandom) -> [PlantedSecret] {
    let hex = "0123456789abcdef"
    let key = alphanumeric + "-_"
    let prefixes: [(String, Int, String)] = [
      ("sk-", 48, alphanumeric), ("sk-" + "proj-", 64, key), ("sk-" + "ant-api03-", 80, key),
      ("AK" + "IA", 16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
      ("AS" + "IA", 16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), ("AI" + "za", 35, key),
      ("gh" + "p_", 36, alphanumeric),
      ("gh" + "o_", 36, alphanumeric), ("gh" + "s_", 36, alphanumeric), ("gh" + "u_", 36, alphanumeric),
      ("github" + "_pat_", 60, alphanumeric + "_"), ("gl" + "pat-", 20, key),
      ("xo" + "xb-", 40, alphanumeric + "-"),
      ("xo" + "xp-", 40, alphanumeric + "-"), ("sk_" + "live_", 24, alphanumeric),
      ("rk_" + "live_", 24, alphanumeric),
      ("np" + "m_", 36, alphanumeric), ("py" + "pi-AgEI", 80, key), ("h" + "f_", 34, alphanumeric),
      ("S" + "K", 32, hex),
      ("gs" + "k_", 52, alphanumeric), ("dop" + "_v1_", 64, hex), ("shp" + "at_", 32, hex),
      ("hv" + "s.", 90, key),
    ]
    var secrets = prefixes.map { prefix, count, alphabet in
      PlantedSecret(prefix, .apiKey, "", prefix + body(count, alphabet, &random))
    }
    secrets += [
      PlantedSecret("SendGrid", .apiKey, "", "SG." + body(22, key, &random) + "." + body(43, key, &random)),
      PlantedSecret("Telegram", .apiKey, "bot12345" + "67890:", "AA" + body(33, key, &random)),
      PlantedSecret(
        "Discord",
        .apiKey,
        "",
        "MT" + body(24, &random) + "." + body(6, &random) + "." + body(38, key, &random)
      ),
      PlantedSecret("JSON Web Token", .jwt, "", jwt(&random)),
      PlantedSecret("PEM", .privateKey, "", pem(&random)),
      PlantedSecret("PEM of OpenSSH", .privateKey, "", pem(&random, label: "OPENSSH PRIVATE KEY")),
      PlantedSecret("PEM of PGP", .privateKey, "", pem(&random, label: "PGP PRIVATE KEY BLOCK")),
      PlantedSecret("PEM in JSON", .privateKey, #""private_key": ""#, pem(&random, newline: #"\n"#), #"\n""#),
    ]
    return secrets
  }

  // MARK: Known by where they stand

  static func headers(_ random: inout SeededRandom) -> [PlantedSecret] {
    let token = body(32, &random)
    return [
      PlantedSecret("Bearer", .authorization, "Authorization: Bearer ", token),
      PlantedSecret("Basic", .authorization, "authorization: Basic ", body(24, &random) + "=="),
      PlantedSecret("Bearer in JSON", .authorization, #"{"Authorization": "Bearer "#, token, #""}"#),
      PlantedSecret("Bearer alone", .authorization, "we sent Bearer ", token),
      PlantedSecret("curl -H", .authorization, "curl -H 'Authorization: Bearer ", token, "' https://host/x"),
      PlantedSecret("x-api-key", .apiKey, "x-api-key: ", token),
      PlantedSecret("curl -H x-api-key", .apiKey, #"curl -H "X-API-Key: "#, token, #"" https://host/x"#),
      PlantedSecret("Cookie", .cookie, "Cookie: ", "sid=" + token + "; theme=dark"),
      PlantedSecret("Set-Cookie", .cookie, "Set-Cookie: sid=", token, "; Path=/; HttpOnly"),
      PlantedSecret("curl -u", .password, "curl -u me:", body(12, &random), " https://host/x"),
      PlantedSecret("URL", .password, "postgres://app:", body(14, &random), "@db.internal:5432/app"),
      PlantedSecret(
        "URL with signs",
        .password,
        "https://me:",
        body(6, &random) + "%40!" + body(4, &random),
        "@host/x"
      ),
      PlantedSecret("URL with a token", .token, "https://", token, "@host/x.git"),
      PlantedSecret("netrc", .password, "machine host.org login me password ", body(12, &random)),
      PlantedSecret(
        "netrc in lines",
        .password,
        "machine host.org\n  login me\n  password ",
        body(12, &random)
      ),
      PlantedSecret("pgpass", .password, "db.internal:5432:app:me:", body(12, &random)),
    ]
  }

  static func assignments(_ random: inout SeededRandom) -> [PlantedSecret] {
    let word = body(12, &random)
    let key = body(40, alphanumeric + "+/", &random)
    return [
      PlantedSecret("environment", .password, "DB_PASSWORD=", word),
      PlantedSecret("environment with signs", .password, "export PASSWORD=", "a7" + word + "!$%"),
      PlantedSecret("letters in an environment", .password, "DB_PASSWORD=", "sword" + "fish"),
      PlantedSecret("quoted environment", .password, "export MYSQL_PWD='", word, "'"),
      PlantedSecret("YAML", .password, "  password: ", word),
      PlantedSecret("JSON", .password, #"{"password":""#, word, #""}"#),
      PlantedSecret("JSON in JSON", .password, #""{\"password\": \""#, word, #"\"}""#),
      PlantedSecret("INI", .password, "passwd = ", word),
      PlantedSecret("connection string", .password, "Server=db;User Id=me;Password=", word, ";Encrypt=true"),
      PlantedSecret("query", .token, "https://host/x?access_token=", body(24, &random), "&page=2"),
      PlantedSecret("Python", .apiKey, #"client = Client(api_key=""#, key, #"")"#),
      PlantedSecret("Swift", .apiKey, #"let apiKey: String = ""#, key, #"""#),
      PlantedSecret("AWS", .apiKey, "aws_secret_access_key = ", key),
      PlantedSecret(
        "Azure",
        .apiKey,
        "AccountName=me;AccountKey=",
        body(86, alphanumeric + "+/", &random) + "=="
      ),
      PlantedSecret("client secret", .secret, "clientSecret: ", body(24, &random)),
      PlantedSecret("option", .password, "tool --password ", word, " --verbose"),
      PlantedSecret("option with =", .token, "tool --auth-token=", body(24, &random)),
      PlantedSecret("XML", .password, "<password>", word, "</password>"),
      PlantedSecret("Markdown", .password, "**Password:** `", word, "`"),
      PlantedSecret("Korean", .password, "비밀번호: ", word),
      PlantedSecret("Korean with a full-width colon", .password, "비밀번호：", word),
      PlantedSecret("Japanese", .password, "パスワード: ", word),
      PlantedSecret("Chinese", .password, "数据库密码：", word),
      PlantedSecret("Korean token", .token, "토큰: ", body(24, &random)),
      PlantedSecret("npmrc", .token, "//registry.npmjs.org/:_authToken=", body(36, &random)),
    ]
  }
}
