/// What a name before a separator says of its value.
///
/// The last word decides: `max_tokens`, `token_count` and `password_hint` name no secret, `DB_PASSWORD`,
/// `clientSecret` and `api key` do. Words are set apart by `_`, `-`, `.`, a space, or a capital.
struct SecretName {
  /// How much the name alone proves.
  enum Strength {
    /// Any value that is no placeholder is a secret: passwords.
    case strong
    /// The value must not read as a word: keys and secrets, which are also named by words.
    case medium
    /// The value must look random: tokens are also pieces of text, marks of pages, counts.
    case weak
    /// An `Authorization` header or a cookie.
    case header
  }

  let kind: MaskKind
  let strength: Strength
  /// Where the name begins.
  let start: Int

  /// How many bytes before a separator are looked at.
  static let longest = 80

  /// Reads the name that ends before `end`, not beyond `floor`; at a hard floor, only one that is known whole.
  init?(_ bytes: UnsafeBufferPointer<UInt8>, endingAt end: Int, floor: Int, isHardFloor: Bool = false) {
    // The cheapest test first: few words end as those that matter.
    guard end > floor, Self.mayEnd(bytes, at: end) else { return nil }
    var last = NameWord(bytes, endingAt: end, floor: floor)
    // `password2`, `API_KEY_PROD`.
    var stripped = 0
    while stripped < 2, last.isQualifier, let earlier = last.earlier(in: bytes, floor: floor) {
      last = earlier
      stripped += 1
    }
    guard let (kind, strength) = Self.meaning(of: last, in: bytes, floor: floor) else { return nil }
    self.kind = kind
    self.strength = strength
    var start = last.start
    while start > floor, end - start < Self.longest, NameWord.isPart(bytes[start - 1]) { start -= 1 }
    if isHardFloor, start == floor || strength != .strong && start == floor + 1 { return nil }
    if start < last.start, start > 0, bytes[start - 1] == UInt8(ascii: "\\"),
      "nrt".utf8.contains(bytes[start])
    {
      start += 1
    }
    self.start = start
  }

  private static func mayEnd(_ bytes: UnsafeBufferPointer<UInt8>, at end: Int) -> Bool {
    let last = bytes[end - 1]
    if last >= 0x80 || ASCII.isDigit(last) { return true }
    guard ASCII.isLetter(last), end > 1 else { return false }
    return endings.contains(bytes[end - 2] | 0x20, last | 0x20)
  }

  /// The last two letters of the names and qualifiers below.
  private static let endings: BytePairs = {
    var pairs = BytePairs()
    let ends: [StaticString] = [
      "rd", "wd", "se", "de", "ss", "pw", "et", "ey", "en", "al", "ls", "th", "on", "ie", "od", "ev", "st",
      "ng",
      "ve", "ld", "ew", "ry", "up", "ot",
    ]
    for end in ends { pairs.insert(end.utf8Start[0], end.utf8Start[1]) }
    return pairs
  }()

  private static func meaning(
    of word: NameWord,
    in bytes: UnsafeBufferPointer<UInt8>,
    floor: Int
  ) -> (MaskKind, Strength)? {
    if word.isForeign { return foreign(word, in: bytes, floor: floor) }
    switch word.role {
    case .password: return (.password, .strong)
    case .pass:
      // Tests pass, and so do ships.
      return word.hasEarlier(in: bytes, floor: floor) || word.isUpper ? (.password, .strong) : nil
    case .secret: return (.secret, .medium)
    case .base:
      // SECRET_KEY_BASE of Rails.
      return word.earlier(in: bytes, floor: floor)?.role == .key ? (.secret, .medium) : nil
    case .apiKey: return (.apiKey, .medium)
    case .key:
      guard let earlier = word.earlier(in: bytes, floor: floor), SecretWords.keyOwners.contains(earlier.key)
      else {
        return nil
      }
      return (.apiKey, .medium)
    case .token:
      if let earlier = word.earlier(in: bytes, floor: floor), SecretWords.otherTokens.contains(earlier.key) {
        return nil
      }
      return (.token, .weak)
    case .credentials: return (.secret, .weak)
    case .authorization: return (.authorization, .header)
    case .cookie: return (.cookie, .header)
    case .qualifier, nil: return nil
    }
  }

  /// Korean, Japanese and Chinese names; what stands before them belongs to the same word.
  private static func foreign(
    _ word: NameWord,
    in bytes: UnsafeBufferPointer<UInt8>,
    floor: Int
  ) -> (MaskKind, Strength)? {
    func ends(_ text: StaticString) -> Bool {
      let start = word.end - text.utf8CodeUnitCount
      return start >= floor && bytes.has(text, at: start)
    }
    if ends("비밀번호") || ends("패스워드") || ends("비번") || ends("암호") || ends("パスワード") || ends("暗証番号")
      || ends("密码") || ends("密碼") || ends("口令")
    {
      return (.password, .strong)
    }
    if ends("토큰") || ends("トークン") || ends("令牌") { return (.token, .weak) }
    if ends("비밀키") || ends("비밀 키") || ends("시크릿") || ends("シークレット") || ends("秘密鍵") {
      return (.secret, .medium)
    }
    if ends("密钥") || ends("密鑰") || ends("인증키") || ends("인증 키") || ends("API 키") || ends("API키")
      || ends("APIキー") || ends("API 金鑰")
    {
      return (.apiKey, .medium)
    }
    return nil
  }
}
