import FlowText
import RandomSupport
import Testing

@Suite struct `Masking of secrets` {
  private let redactor = Redactor()

  @Test func `masks each form of secret, and nothing beside it`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    for made in MadeUpSecret.all(&random) {
      let redacted = redactor.redact(made.text)
      #expect(redacted.text == made.before + made.kind.mark + made.after, "seed \(seed): \(made.text)")
      let start = made.before.utf8.count
      let wanted = Mask(kind: made.kind, range: start..<start + made.secret.utf8.count)
      #expect(redacted.masks == [wanted], "seed \(seed): \(made.text)")
      #expect(redacted.counts == [made.kind: 1], "seed \(seed)")
    }
  }

  @Test(arguments: [
    "the token budget is 4000", "max_tokens: 4096", "token_count=12", "tokens=900",
    "token: 4000 tokens are left",
    "password: is required", "Password: must be 8 characters", "password: required",
    "password: 12 characters",
    "비밀번호: 필수입니다", "密码：不能为空", "the secret: patience and time", "session token: expires in 3600",
    "Authorization header is missing", "Cookie: we use cookies", "{\"token\": \"the\", \"logprob\": -1}",
    "\"input_cost_per_image_token\": 1.375e-06,", "token_type: bearer", "next_page_token=abc123def456",
    "%wheel ALL=(ALL) NOPASSWD:ALL", "prompt='Password: ', stream=None):",
    "\"password\": \"Enter your password\"",
    "\"Password\": \"비밀번호\"", "token: gpt-4o-mini", "secret: my-app-secret-v2", "credentials: 'include'",
  ])
  func `leaves prose and counts`(text: String) { #expect(redactor.redact(text).text == text) }

  @Test(arguments: [
    "password: ${DB_PASSWORD}", "password=$PASSWORD", "token: <your-key>", "api_key=xxxxxxxxxxxx",
    "api_key = 'your-api-key-here'", "password = os.environ['X']", "token=process.env.TOKEN", "password: ***",
    "secret: null", "password=true", "password=", "password = getpass()", "password=password",
    "self.password = password", "token = self.token", "if password == other:", "password: string;",
    "password: Option<String>", "userid = passwd = acct = ''", "password: changeme",
    "Authorization: Bearer $TOKEN",
    "Authorization: Bearer <token>", "GITHUB_TOKEN: ${{ secrets.GITHUB_TOKEN }}", "token=eyJ...",
    "def f(password='', token=None):", "http://user:password@host", "api_key: API_KEY",
  ])
  func `leaves placeholders and references`(text: String) { #expect(redactor.redact(text).text == text) }

  @Test(arguments: [
    "commit 3f2a9c1d4e5b6a7980123456789abcdef0123456", "id: 9f8a7b6c-1234-4abc-8def-0123456789ab",
    "git@github.com:a/b", "https://example.com:8080/a@b", "docker run -u 1000:1000 image",
    "PWD=/home/jun/src",
    "private_key: /etc/ssl/private/key.pem", "primary_key: abc123def456", "main.swift:12:5: error: x",
    "task-skip-this-and-that-thing", "sk-learn-and-something-like-this", "a.b.c:1:d",
    "data:image/png;base64,iVBORw0KGgo=",
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "-----BEGIN CERTIFICATE-----\nMIIBkTCB+wIJAKHHIgKwD1\n-----END CERTIFICATE-----",
    "look for -----BEGIN PRIVATE KEY----- and -----END PRIVATE KEY----- in it",
  ])
  func `leaves identifiers that summaries need`(text: String) { #expect(redactor.redact(text).text == text) }

  @Test func `a mark stays as it is, whatever its place`() {
    for kind in MaskKind.allCases {
      for before in [
        "", "password=", "password: \"", "https://jun:", "Authorization: Bearer ", "Cookie: ", "--token ",
      ] {
        let text = before + kind.mark + (before.hasPrefix("https") ? "@host" : "")
        #expect(redactor.redact(text) == RedactedText(text: text, masks: []), "\(text)")
      }
    }
  }

  @Test func `the form of a key says more than its name`() {
    let key = "gh" + "p_" + String(repeating: "aB3d", count: 9)
    #expect(
      redactor.redact("password=\(key) and \(key)").text == "password=[masked api_key] and [masked api_key]"
    )
  }

  @Test func `a public certificate stays beside a private key`() {
    let body = String(repeating: "aB3d", count: 16)
    let certificate = "-----BEGIN CERTIFICATE-----\n\(body)\n-----END CERTIFICATE-----\n"
    let key = "-----" + "BEGIN PRIVATE KEY-----\n\(body)\n-----" + "END PRIVATE KEY-----\n"
    #expect(
      redactor.redact(certificate + key + certificate).text == certificate + "[masked private_key]\n"
        + certificate
    )
  }
}
