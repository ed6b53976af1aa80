import FlowCore
import FlowLLM
import RandomSupport
import Testing

@Suite struct `Address of an endpoint` {
  @Test(
    arguments: [
      ("https://api.example.com/v1", "https://api.example.com/v1", "api.example.com", false),
      ("HTTPS://API.Example.COM:8443/v1/", "https://api.example.com:8443/v1/", "api.example.com", false),
      ("https://example.com./v1", "https://example.com./v1", "example.com.", false),
      ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example/", "xn--bcher-kva.example", false),
      ("https://192.0.2.7", "https://192.0.2.7/", "192.0.2.7", false),
      (
        "https://x.example/d?api-version=2024-10-21", "https://x.example/d?api-version=2024-10-21",
        "x.example", false
      ),
      ("http://localhost:11434", "http://localhost:11434/", "localhost", true),
      ("http://LocalHost/v1", "http://localhost/v1", "localhost", true),
      ("http://127.0.0.1:8080/v1", "http://127.0.0.1:8080/v1", "127.0.0.1", true),
      ("http://127.255.3.4", "http://127.255.3.4/", "127.255.3.4", true),
      ("http://[::1]:80/", "http://[::1]:80/", "[::1]", true),
      ("http://[0:0:0:0:0:0:0:1]/", "http://[::1]/", "[::1]", true),
      ("https://127.0.0.1/", "https://127.0.0.1/", "127.0.0.1", true),
    ] as [(String, String, String, Bool)]
  )
  func `https goes anywhere, and http stays on this machine`(
    text: String,
    canonical: String,
    host: String,
    isLoopback: Bool
  ) throws {
    let url = try EndpointURL(text)
    #expect(url == EndpointURL(text: canonical, host: host, isLoopback: isLoopback))
  }

  @Test(
    arguments: [
      "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/", "http://0x7f.1/",
      "http://017700000001/",
    ]
  )
  func `an odd form of 127.0.0.1 is kept as libcurl reads it`(text: String) throws {
    #expect(try EndpointURL(text).text == "http://127.0.0.1/")
  }

  @Test(
    arguments: [
      "http://example.com", "http://127.0.0.1.evil.com", "http://localhost.evil", "http://localhost.",
      "http://127.0.0.1.", "http://[::ffff:127.0.0.1]", "http://[::ffff:7f00:1]", "http://[::]",
      "http://0.0.0.0",
      "http://128.0.0.1", "http://3232235777", "http://notlocalhost", "http://my.localhost",
      "http://ip6-localhost",
    ]
  )
  func `plain http to any other host is refused`(text: String) {
    #expect(refusal(of: text).contains("in the clear"))
  }

  @Test(
    arguments: [
      "", "api.example.com", "localhost:8080", "/v1", "https://", "https:///v1", "file:///etc/hostname",
      "ftp://127.0.0.1/", "gopher://127.0.0.1", "javascript:alert(1)", "https://exa mple.com",
      "https://a\u{0}b",
      "https://a/\r\nX: y", "https://a/\u{7F}", "https://bücher.example", "https://ex%61mple.com",
      "http://%31%32%37.0.0.1", "http://[::1%25lo]/", "https://a/#part", "https://a/#", "https://[::1",
      "https://a:99999/", "https://a:x/", "http://127.0.0.1\u{202E}", "http://①②⑦.0.0.1",
      "https://" + String(repeating: "a", count: 3000),
    ]
  )
  func `what is no address is refused with what to do`(text: String) {
    #expect(refusal(of: text).contains("use "))
  }

  @Test(
    arguments: [
      "https://me:hunter2@example.com/", "https://hunter2@example.com", "http://hunter2@127.0.0.1/",
      "https://example.com\\@hunter2.example", "https://me:hunter2@exa mple", "https://me:hunter2@",
      "hunter2@example.com", "https://example.com/?key=hunter2", "https://example.com/?a=b&API_KEY=hunter2",
      "://example.com?token=hunter2", "ftp://me:hunter2@example.com",
    ]
  )
  func `a secret in an address is refused and not shown`(text: String) {
    #expect(!refusal(of: text).contains("hunter2"))
  }

  @Test(
    arguments: [
      ("https://a.example", "https://a.example/chat"),
      ("https://a.example/v1", "https://a.example/v1/chat"),
      ("https://a.example/v1//", "https://a.example/v1/chat"),
      ("https://a.example/d?api-version=1", "https://a.example/d/chat?api-version=1"),
    ]
  )
  func `a path comes behind the address and before its query`(base: String, whole: String) throws {
    let url = try EndpointURL(base)
    #expect(url.appending(path: "chat").text == whole)
    #expect(url.appending(path: "/chat").text == whole)
    #expect(url.appending(path: "chat").host == "a.example")
  }

  @Test func `random addresses give an address of their own host or an error`() {
    let seed = UInt64.random(in: .min ... .max)
    var random = SeededRandom(seed: seed)
    let parts = [
      "http", "https", "://", ":", "/", "//", "@", "?", "#", "%", "[", "]", "127.0.0.1", "localhost", "::1",
      ".", "\\",
      "evil.com", "0x7f", "a", "80", " ", "\t", "é", "%40", "%2f", "&",
    ]
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 1...8, using: &random)).map { _ in parts.randomElement(using: &random)! }
        .joined()
      guard let url = try? EndpointURL(text) else { continue }
      #expect(
        !url.text.contains("@") || url.text.split(separator: "/")[1].contains("@") == false,
        "seed \(seed): \(text)"
      )
      #expect(url.text.hasPrefix("https://") || url.isLoopback, "seed \(seed): \(text)")
      // What was kept is read the same again: nothing is left for another reader to find.
      #expect((try? EndpointURL(url.text)) == url, "seed \(seed): \(text)")
    }
  }

  private func refusal(of text: String) -> String {
    do {
      let url = try EndpointURL(text)
      Issue.record("\(text) was taken as \(url.text)")
      return ""
    } catch {
      #expect(error.code == .invalidConfiguration)
      return error.description
    }
  }
}
