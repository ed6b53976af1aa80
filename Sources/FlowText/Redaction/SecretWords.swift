/// The words of names that say whether a value is a secret.
enum SecretWords {
  enum Role: Sendable {
    case password, pass, secret, base, apiKey, key, token, credentials, authorization, cookie
    /// Which of several: `API_KEY_PROD`.
    case qualifier
  }

  static let roles: [UInt128: Role] = {
    var roles: [UInt128: Role] = [:]
    let words: [(Role, [StaticString])] = [
      (
        .password,
        ["password", "passwd", "passphrase", "passcode", "pwd", "userpassword", "dbpassword", "rootpassword"]
      ),
      (.pass, ["pass", "pw"]), (.secret, ["secret", "clientsecret", "appsecret"]), (.base, ["base"]),
      (
        .apiKey,
        [
          "apikey", "secretkey", "accesskey", "privatekey", "accountkey", "authkey", "appkey",
          "sharedaccesskey",
          "apisecret", "secretaccesskey",
        ]
      ),
      (.key, ["key"]),
      (.token, ["token", "authtoken", "accesstoken", "refreshtoken", "bottoken", "sessiontoken"]),
      (.credentials, ["credential", "credentials", "auth"]), (.authorization, ["authorization"]),
      (.cookie, ["cookie"]),
      (
        .qualifier,
        [
          "prod", "production", "dev", "test", "staging", "live", "old", "new", "primary", "secondary",
          "backup",
          "root",
        ]
      ),
    ]
    for (role, names) in words {
      for name in names { roles[key(name)] = role }
    }
    return roles
  }()

  /// Whose key is a secret; a primary, foreign or public key is none.
  static let keyOwners = keys(
    "api",
    "access",
    "secret",
    "private",
    "encryption",
    "signing",
    "master",
    "auth",
    "account",
    "license",
    "app",
    "service",
    "client",
    "jwt",
    "hmac",
    "session",
    "subscription",
    "webhook",
    "deploy",
    "storage",
    "openai",
    "anthropic"
  )

  /// Tokens that are marks: of pages, of vocabularies.
  static let otherTokens = keys(
    "next",
    "page",
    "continuation",
    "eos",
    "bos",
    "pad",
    "unk",
    "sep",
    "cls",
    "mask",
    "stop",
    "start",
    "end",
    "special",
    "first",
    "last",
    "per",
    "input",
    "output",
    "cursor",
    "sync"
  )

  private static func keys(_ words: StaticString...) -> Set<UInt128> { Set(words.map(key)) }

  /// The bytes of a word of at most sixteen, the last in the lowest place.
  private static func key(_ word: StaticString) -> UInt128 {
    precondition(word.utf8CodeUnitCount <= 16)
    return (0..<word.utf8CodeUnitCount).reduce(0) { $0 << 8 | UInt128(word.utf8Start[$1]) }
  }
}
