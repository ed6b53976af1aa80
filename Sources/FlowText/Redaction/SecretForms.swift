/// A form that a provider gives its keys, known by how they begin.
struct SecretForm: Sendable {
  enum Body: Sendable {
    case alphanumeric
    /// Letters, digits and `_`.
    case word
    /// Letters, digits, `_` and `-`.
    case key
    /// The same and `.`.
    case dotted
    case hexadecimal
    /// Base64, percent-encoded or not.
    case base64Like
  }

  let prefix: StaticString
  let body: Body
  /// How many bytes follow the prefix at least.
  let least: Int
  /// Exactly `least` bytes follow.
  var isExact = false
  /// Words joined by hyphens have the prefix too: part of the body must look random.
  var isCommon = false

  func allows(_ byte: UInt8) -> Bool {
    switch body {
    case .alphanumeric: ASCII.isAlphanumeric(byte)
    case .word: ASCII.isAlphanumeric(byte) || byte == UInt8(ascii: "_")
    case .key: ASCII.isAlphanumeric(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    case .dotted:
      ASCII.isAlphanumeric(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: ".")
    case .base64Like:
      ASCII.isAlphanumeric(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
        || byte == UInt8(ascii: "=") || byte == UInt8(ascii: "%")
    case .hexadecimal: ASCII.isDigit(byte) || (byte | 0x20) &- 0x61 < 6
    }
  }
}

/// The forms by rule, and the two bytes that each begins with.
///
/// From what the providers document of their keys, and from keys as they give them out: GitHub, "Token formats";
/// GitLab, "Token prefixes"; AWS IAM, "Unique identifiers"; Slack, "Token types"; Stripe, "API keys".
/// A publishable key (`pk_live_`) is none.
enum SecretForms {
  static let all: [SecretForm] = [
    SecretForm(prefix: "sk-ant-", body: .key, least: 20),
    SecretForm(prefix: "sk-proj-", body: .key, least: 20),
    SecretForm(prefix: "sk-svcacct-", body: .key, least: 20),
    SecretForm(prefix: "sk-admin-", body: .key, least: 20),
    SecretForm(prefix: "sk-or-v1-", body: .key, least: 20),
    SecretForm(prefix: "sk-", body: .key, least: 20, isCommon: true),
    SecretForm(prefix: "sk_live_", body: .word, least: 16),
    SecretForm(prefix: "sk_test_", body: .word, least: 16),
    SecretForm(prefix: "rk_live_", body: .word, least: 16),
    SecretForm(prefix: "rk_test_", body: .word, least: 16),
    SecretForm(prefix: "whsec_", body: .base64Like, least: 24),
    SecretForm(prefix: "AKIA", body: .alphanumeric, least: 16, isExact: true),
    SecretForm(prefix: "ASIA", body: .alphanumeric, least: 16, isExact: true),
    SecretForm(prefix: "ABIA", body: .alphanumeric, least: 16, isExact: true),
    SecretForm(prefix: "AIza", body: .key, least: 35, isExact: true),
    SecretForm(prefix: "GOCSPX-", body: .key, least: 24),
    SecretForm(prefix: "ya29.", body: .dotted, least: 20),
    SecretForm(prefix: "ghp_", body: .alphanumeric, least: 30),
    SecretForm(prefix: "gho_", body: .alphanumeric, least: 30),
    SecretForm(prefix: "ghu_", body: .alphanumeric, least: 30),
    SecretForm(prefix: "ghs_", body: .dotted, least: 30),
    SecretForm(prefix: "ghr_", body: .alphanumeric, least: 30),
    SecretForm(prefix: "github_pat_", body: .word, least: 22),
    SecretForm(prefix: "glpat-", body: .dotted, least: 20),
    SecretForm(prefix: "gldt-", body: .key, least: 20),
    SecretForm(prefix: "glrt-", body: .dotted, least: 20),
    SecretForm(prefix: "glptt-", body: .key, least: 20),
    SecretForm(prefix: "glcbt-", body: .key, least: 20),
    SecretForm(prefix: "gsk_", body: .alphanumeric, least: 32),
    SecretForm(prefix: "glsa_", body: .word, least: 32),
    SecretForm(prefix: "xoxa-", body: .key, least: 10),
    SecretForm(prefix: "xoxb-", body: .key, least: 10),
    SecretForm(prefix: "xoxe-", body: .key, least: 10),
    SecretForm(prefix: "xoxe.xox", body: .dotted, least: 10),
    SecretForm(prefix: "xoxo-", body: .key, least: 10),
    SecretForm(prefix: "xoxp-", body: .key, least: 10),
    SecretForm(prefix: "xoxr-", body: .key, least: 10),
    SecretForm(prefix: "xoxs-", body: .key, least: 10),
    SecretForm(prefix: "xoxc-", body: .key, least: 10),
    SecretForm(prefix: "xoxd-", body: .base64Like, least: 10),
    SecretForm(prefix: "xapp-", body: .key, least: 20),
    SecretForm(prefix: "xai-", body: .alphanumeric, least: 40),
    SecretForm(prefix: "npm_", body: .alphanumeric, least: 30),
    SecretForm(prefix: "pypi-", body: .key, least: 50),
    SecretForm(prefix: "hf_", body: .alphanumeric, least: 30),
    SecretForm(prefix: "SG.", body: .dotted, least: 40),
    SecretForm(prefix: "SK", body: .hexadecimal, least: 32, isExact: true),
    SecretForm(prefix: "dop_v1_", body: .hexadecimal, least: 64),
    SecretForm(prefix: "dckr_pat_", body: .key, least: 20),
    SecretForm(prefix: "dapi", body: .hexadecimal, least: 32),
    SecretForm(prefix: "hvs.", body: .key, least: 24),
    SecretForm(prefix: "lin_api_", body: .alphanumeric, least: 32),
    SecretForm(prefix: "LTAI", body: .alphanumeric, least: 20, isExact: true),
    SecretForm(prefix: "ntn_", body: .alphanumeric, least: 40),
    SecretForm(prefix: "nvapi-", body: .key, least: 40),
    SecretForm(prefix: "PMAK-", body: .key, least: 40),
    SecretForm(prefix: "pplx-", body: .alphanumeric, least: 32),
    SecretForm(prefix: "r8_", body: .alphanumeric, least: 32),
    SecretForm(prefix: "sbp_", body: .hexadecimal, least: 40),
    SecretForm(prefix: "shpat_", body: .hexadecimal, least: 32),
    SecretForm(prefix: "shpss_", body: .hexadecimal, least: 32),
    SecretForm(prefix: "tvly-", body: .key, least: 24),
    SecretForm(prefix: "AGE-SECRET-KEY-1", body: .alphanumeric, least: 40),
  ]

  /// The forms by their first byte.
  static let byFirstByte: [[SecretForm]] = {
    var table = [[SecretForm]](repeating: [], count: 128)
    for form in all { table[Int(form.prefix.utf8Start[0] & 0x7F)].append(form) }
    return table
  }()

  /// What else begins a rule: a JSON Web Token, `Bearer`, an entry of .netrc, `curl` and `wget`.
  private static let words: [StaticString] = ["ey", "Be", "be", "BE", "ma", "de", "cu", "wg", "ht"]

  /// The pairs of bytes with which a rule may begin.
  static let starts: BytePairs = {
    var pairs = BytePairs()
    for form in all { pairs.insert(form.prefix.utf8Start[0], form.prefix.utf8Start[1]) }
    for word in words { pairs.insert(word.utf8Start[0], word.utf8Start[1]) }
    // A Discord token begins with a user's id in base64: a digit's code is 0x30...0x39.
    for first in "MNO".utf8 {
      for second in UInt8(ascii: "A")...UInt8(ascii: "z") { pairs.insert(first, second) }
    }
    return pairs
  }()
}

/// A set of pairs of bytes.
struct BytePairs: Sendable {
  private var bits = [UInt64](repeating: 0, count: 1024)

  mutating func insert(_ first: UInt8, _ second: UInt8) {
    bits[Int(first) << 2 | Int(second) >> 6] |= 1 << UInt64(second & 63)
  }

  @inline(__always)
  func contains(_ first: UInt8, _ second: UInt8) -> Bool {
    bits[Int(first) << 2 | Int(second) >> 6] >> UInt64(second & 63) & 1 != 0
  }
}
