import FlowText
import RandomSupport
import Testing

@Suite struct `Masking of secrets` {
  private static let planted: [PlantedSecret] = {
    var random = SeededRandom(seed: 7)
    return PlantedSecret.all(&random)
  }()

  @Test(arguments: planted)
  func `masks the secret and nothing else`(planted: PlantedSecret) {
    let redacted = Redactor().redact(planted.text)
    #expect(redacted.text == planted.before + planted.kind.mark + planted.after)
    #expect(
      redacted.masks.map(\.range)
        == [planted.before.utf8.count..<(planted.before + planted.secret).utf8.count]
    )
    #expect(redacted.counts == [planted.kind: 1])
  }

  @Test(arguments: [
    "", "The token budget is 4000.", "password: is required", "max_tokens: 4096", "token_count=12",
    "tokens=900",
    "Password: required", "password: at least 12 characters", "The password is too short: use 12 or more.",
    "비밀번호: 8자 이상", "비밀번호: 필수 입력", "密码：必填", "パスワード: 必須です",
    #"{"password": "string"}"#, #"{"password": null, "token": true}"#, "password: ''", #"PASSWORD="""#,
    "PASSWORD=${DB_PASSWORD}", "PASSWORD=$DB_PASSWORD", "token: <your-token>", "API_KEY=your-api-key-here",
    "api_key=xxxxxxxxxxxxxxxx", "password: ********", "password=changeme", "API_KEY={{ api_key }}",
    "apiKey: process.env.OPENAI_API_KEY", #"password = os.environ["DB_PASSWORD"]"#,
    "password = get_password(user)",
    "self.password = password", "login(user, password=user_password)", "token = tokens[index]",
    "func login(password: String, token: String?) {", "password: str | None = None",
    "const secret = config.secret;",
    #""eos_token": "<|endoftext|>""#, "next_token=abcdef123456", #""output_cost_per_token": 1.25e-06"#,
    "secretName: database-credentials-1", "secret: database-credentials-1",
    "private_key: keys/server-2024.pem",
    "commit 9fceb02d0ae598e95dc970b74767f19372d61af8", "id: 550e8400-e29b-41d4-a716-446655440000",
    "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "https://example.com:8080/a@b", "git@github.com:me/it.git", "https://user@host/x",
    "https://user:${PASS}@host",
    "https://user:<password>@host/x", "Authorization: Bearer $TOKEN", "Authorization: Bearer <token>",
    "Authorization: required", "Bearer authentication is used", "Cookie: the chocolate one",
    "docker run -u 1000:1000 image", "sk-learn-contrib-and-friends-of-it", "task-force-sk-something",
    "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ0x\n-----END CERTIFICATE-----",
    "Tests pass: 1204, fail: 3",
    "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----",
    "look for -----BEGIN PRIVATE KEY----- in the file", "PWD=/home/me/project-7", "primary_key=True",
    "0:1:2:3:4", "10:15:30:45:60", "the machine room has a login page and a password field",
    "Password::Invalid2", "input[type=password]:hover", "x ? password : hash1", "if password == other2 {",
  ])
  func `leaves what is no secret`(text: String) {
    let redacted = Redactor().redact(text)
    #expect(redacted.text == text)
    #expect(redacted.masks == [])
  }

  @Test func `documented placeholders of providers stay`() {
    for text in [
      "AKIA" + "IOSFODNN7" + "EXAMPLE", "sk-" + String(repeating: "x", count: 48),
      "ghp_" + "your_token_goes_here",
    ] {
      #expect(Redactor().redact(text).masks == [])
    }
  }

  @Test func `a key without its last line is masked as far as it goes`() {
    var random = SeededRandom(seed: 11)
    let lines = PlantedSecret.pem(&random).split(separator: "\n").dropLast().joined(separator: "\n")
    let mark = MaskKind.privateKey.mark
    #expect(Redactor().redact(lines).text == mark)
    #expect(Redactor().redact(lines + "\nThen we went on.").text == mark + "\nThen we went on.")
    let inJSON = lines.split(separator: "\n").joined(separator: #"\n"#)
    #expect(Redactor().redact(#"{"key": ""# + inJSON + #""}"#).text == #"{"key": ""# + mark + #""}"#)
  }

  @Test func `a key of a known form keeps its kind whatever its name`() {
    var random = SeededRandom(seed: 12)
    let key = "gh" + "p_" + PlantedSecret.body(36, &random)
    let text = "token: \(key)\nAuthorization: Bearer \(key)\nhttps://me:\(key)@host/x \(key)"
    let mark = MaskKind.apiKey.mark
    #expect(
      Redactor().redact(text).text
        == "token: \(mark)\nAuthorization: Bearer \(mark)\nhttps://me:\(mark)@host/x \(mark)"
    )
  }

  @Test func `one secret has one mark`() {
    let secret = "hunter" + "2-x9Q4z7"
    let redacted = Redactor().redact("password: \(secret)\nclient_secret: \(secret)")
    #expect(redacted.masks.map(\.kind) == [.password, .password])
  }

  @Test func `a long value is masked to its end`() {
    var random = SeededRandom(seed: 13)
    let secret = PlantedSecret.body(5000, &random)
    for (before, after) in [("API_KEY=", ""), (#"{"api_key": ""#, #""}"#), ("Authorization: Bearer ", "\n")] {
      let redacted = Redactor().redact(before + secret + after)
      #expect(redacted.masks.map(\.range.count) == [5000], "\(before)")
    }
  }

  @Test func `marks are passed over`() {
    let text = "PASSWORD=" + MaskKind.password.mark + " and [masked by hand] and " + MaskKind.apiKey.mark
    #expect(Redactor().redact(text).text == text)
  }

  @Test func `the names of kinds are stable`() {
    #expect(
      MaskKind.allCases.map(\.rawValue) == [
        "authorization", "api_key", "cookie", "jwt", "password", "pattern", "private_key", "secret", "token",
      ]
    )
  }
}
