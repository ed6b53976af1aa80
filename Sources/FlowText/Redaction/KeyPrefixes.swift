/// The form of a secret that its first bytes give away.
struct KeyPrefix: Sendable {
  enum Form: Sendable {
    /// Runs of an alphabet.
    case run(KeyAlphabet, ClosedRange<Int>)
    /// The same, with a digit, and a capital or 16 letters and digits in a row: more than words joined by hyphens.
    case mixed(KeyAlphabet, ClosedRange<Int>)
    /// Two runs with a full stop between them.
    case pair(ClosedRange<Int>, ClosedRange<Int>)
    /// A JSON Web Token.
    case webToken
    /// `Bearer` and a token.
    case bearer
    /// `machine` of .netrc.
    case machine
  }

  let prefix: [UInt8]
  let form: Form

  init(_ prefix: String, _ form: Form) {
    self.prefix = Array(prefix.utf8)
    self.form = form
  }
}

/// Of which bytes a key is made.
enum KeyAlphabet: Sendable {
  case alphanumeric
  case capitals
  case hex
  /// Letters, digits, `-` and `_`.
  case base64URL
  /// The same and `.` and `/`.
  case path
  case hyphened

  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    switch self {
    case .alphanumeric: ASCII.isAlphanumeric(byte)
    case .capitals: ASCII.isUpper(byte) || ASCII.isDigit(byte)
    case .hex: ASCII.isHex(byte)
    case .base64URL: ASCII.isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    case .path:
      KeyAlphabet.base64URL.contains(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/")
    case .hyphened: ASCII.isAlphanumeric(byte) || byte == UInt8(ascii: "-")
    }
  }
}

/// The prefixes that providers publish, for secret scanners too; the shortest tail is a little below the real one.
enum KeyPrefixes {
  private static let endless = 4096

  static let all: [KeyPrefix] = {
    var all = [
      KeyPrefix("sk-", .mixed(.base64URL, 20...endless)),
      KeyPrefix("SG.", .pair(16...32, 16...64)),
      KeyPrefix("SK", .run(.hex, 32...32)),
      KeyPrefix("AIza", .run(.base64URL, 30...endless)),
      KeyPrefix("xapp-", .run(.hyphened, 20...endless)),
      KeyPrefix("hooks.slack.com/services/", .run(.path, 20...endless)),
      KeyPrefix("/api/webhooks/", .mixed(.path, 40...endless)),
      KeyPrefix("hvs.", .run(.base64URL, 20...endless)),
      KeyPrefix("ya29.", .run(.base64URL, 20...endless)),
      KeyPrefix("AGE-SECRET-KEY-1", .run(.capitals, 40...endless)),
      KeyPrefix("ey", .webToken), KeyPrefix("ew", .webToken),
      KeyPrefix("Bearer ", .bearer), KeyPrefix("bearer ", .bearer),
      KeyPrefix("machine ", .machine),
    ]
    func add(_ prefixes: String, _ form: KeyPrefix.Form) {
      for prefix in prefixes.split(separator: " ") { all.append(KeyPrefix(String(prefix), form)) }
    }
    add("sk-ant- sk-proj- sk-svcacct- sk-admin- sk-or-", .run(.base64URL, 20...endless))
    add("AKIA ASIA", .run(.capitals, 16...16))
    add("ghp_ gho_ ghs_ ghu_ ghr_ hf_ npm_ gsk_ rubygems_ lin_api_", .run(.alphanumeric, 30...endless))
    add("github_pat_", .run(.base64URL, 22...endless))
    add("glpat- gldt- glrt- glptt- dckr_pat_ GOCSPX- sq0atp- sq0csp- figd_", .run(.base64URL, 18...endless))
    add("xoxb- xoxp- xoxa- xoxr- xoxs- xoxe- xoxo- xoxc- xoxd-", .run(.hyphened, 10...endless))
    add("sk_live_ rk_live_ sk_test_ rk_test_ whsec_", .run(.alphanumeric, 16...endless))
    add("pypi-", .run(.base64URL, 32...endless))
    add("xai- nvapi- tvly- pplx-", .mixed(.base64URL, 24...endless))
    add("dop_v1_ doo_v1_ shpat_ shpss_ shpca_ shppa_ sbp_", .run(.hex, 32...endless))
    // The longer prefix first: `sk-ant-` before `sk-`.
    return all.sorted { $0.prefix.count > $1.prefix.count }
  }()

  /// The rules by their first byte.
  static let byFirst: [[KeyPrefix]] = (0..<256).map { byte in all.filter { $0.prefix[0] == UInt8(byte) } }

  /// Whether a rule begins with a pair of bytes; by the low six bits of each, so that the table is small.
  static let pairs: [Bool] = {
    var pairs = [Bool](repeating: false, count: 4096)
    for rule in all { pairs[pair(rule.prefix[0], rule.prefix[1])] = true }
    return pairs
  }()

  @inline(__always)
  static func pair(_ first: UInt8, _ second: UInt8) -> Int { Int(first & 63) << 6 | Int(second & 63) }
}
