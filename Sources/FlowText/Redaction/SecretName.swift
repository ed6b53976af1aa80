/// What a name says of the value behind it.
enum SecretName: Sendable {
  /// Any value but a placeholder.
  case password
  /// A value that does not read like words; one word in quotes too.
  case secret
  /// A value that does not read like words.
  case token
  case key
  case privateKey
  case authorization
  case cookie

  var kind: MaskKind {
    switch self {
    case .password: .password
    case .secret: .secret
    case .token: .token
    case .key: .apiKey
    case .privateKey: .privateKey
    case .authorization: .authorization
    case .cookie: .cookie
    }
  }

  /// Reads a name by how it ends, without case and the signs between its words: `DB_PASSWORD`, `db.password`,
  /// `dbPassword` and "DB password" are one.
  init?(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    guard let last = range.last, Self.canEnd[Int(bytes[last])] else { return nil }
    let name = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.longest) {
      letters -> SecretName? in
      // Back to front, so that a name longer than what is looked at loses its beginning.
      var count = 0
      var index = range.upperBound - 1
      while index >= range.lowerBound, count < Self.longest {
        let byte = bytes[index]
        if ASCII.isAlphanumeric(byte) || byte >= 0x80 {
          if count > 0 || !ASCII.isDigit(byte) {
            letters[count] = ASCII.folded(byte)
            count += 1
          }
        }
        index -= 1
      }
      return Self.read(UnsafeBufferPointer(rebasing: letters[..<count]))
    }
    guard let name else { return nil }
    self = name
  }

  private static let longest = 48

  /// The name back to front.
  private static func read(_ letters: UnsafeBufferPointer<UInt8>) -> SecretName? {
    var start = 0
    for ending in decorations where letters.hasBytes(ending, at: 0) {
      start = ending.count
      break
    }
    guard start < letters.count else { return nil }
    for ending in endings[Int(letters[start])] where letters.hasBytes(ending.letters, at: start) {
      let before = start + ending.letters.count
      switch ending.rule {
      case .any: break
      case .alone: guard before == letters.count else { continue }
      case .after(let words):
        guard words.contains(where: { letters.hasBytes($0, at: before) }) else { continue }
      case .notAfter(let words):
        guard !words.contains(where: { letters.hasBytes($0, at: before) }) else { continue }
      }
      return ending.name
    }
    return nil
  }

  private enum Rule: Sendable {
    case any
    case alone
    case after([[UInt8]])
    case notAfter([[UInt8]])
  }

  private struct Ending: Sendable {
    let letters: [UInt8]
    let name: SecretName
    let rule: Rule
  }

  private static func reversed(_ words: String) -> [[UInt8]] {
    words.split { $0 == " " || $0 == "\n" }.map { Array($0.utf8.reversed()) }
  }

  /// Words that may stand behind the telling one.
  private static let decorations = reversed("base64 b64 value prod production staging plaintext raw")

  private static let endings: [[Ending]] = {
    var table = [[Ending]](repeating: [], count: 256)
    func add(_ words: String, _ name: SecretName, _ rule: Rule = .any) {
      for letters in reversed(words) {
        table[Int(letters[0])].append(Ending(letters: letters, name: name, rule: rule))
      }
    }
    add("privatekey 私钥 비밀키 개인키 秘密鍵", .privateKey)
    add("password passwd pwd passphrase passwort passcode userpwd sshpass contraseña motdepasse", .password)
    add("비밀번호 패스워드 암호 パスワード 暗証番号 密码 密碼 口令", .password)
    add(
      "pass",
      .password,
      .after(reversed("db user smtp mysql pg postgres redis root admin mail ftp ssh http auth login"))
    )
    add("pass", .password, .alone)
    add("secret 시크릿 シークレット", .secret)
    add("credential credentials creds secretkeybase", .token)
    add(
      "token 토큰 トークン 令牌",
      .token,
      .notAfter(
        reversed(
          """
          next nextpage page pagination continuation sync resume eos bos pad unk sep cls mask stop start end special
          first last each every per max min total input output prompt completion cached new cancel cancellation
          """
        )
      )
    )
    add(
      "secrettoken authtoken accesstoken refreshtoken sessiontoken securitytoken bearertoken idtoken",
      .token
    )
    add("apikey apisecret appsecret", .key)
    add(
      "key 키 キー 密钥 密鑰",
      .key,
      .after(
        reversed(
          """
          access secret auth encryption signing signature account master sharedaccess storage service client consumer
          deploy webhook jwt hmac subscription functions app admin server license openai anthropic claude gemini
          google azure aws stripe sendgrid mailgun twilio datadog sentry github gitlab slack firebase algolia mapbox
          huggingface hf openrouter groq mistral cohere deepseek xai api 서비스 액세스 アクセス 访问
          """
        )
      )
    )
    add("密钥 密鑰", .key)
    add("auth", .token, .alone)
    add("accesskey secretkey", .key)
    add("authorization", .authorization)
    add("cookie setcookie", .cookie, .alone)
    add("sig xamzsignature", .token, .alone)
    return table
  }()

  /// The bytes that a telling name can end in; a digit may stand behind it.
  private static let canEnd: [Bool] = {
    var table = (0..<256).map { !endings[$0].isEmpty }
    for byte in UInt8(ascii: "A")...UInt8(ascii: "Z") { table[Int(byte)] = table[Int(byte | 0x20)] }
    for byte in UInt8(ascii: "0")...UInt8(ascii: "9") { table[Int(byte)] = true }
    for word in decorations { table[Int(word[0])] = true; table[Int(word[0] & ~0x20)] = true }
    return table
  }()
}
