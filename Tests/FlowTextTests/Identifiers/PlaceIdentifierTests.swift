import Testing

@testable import FlowText

@Suite struct `Paths` {
  @Test(arguments: [
    "src/main.swift", "./docs/README.md", "../lib/a.c", "/usr/local/bin", "~/notes.txt",
    "Sources/FlowText/Dates",
    "C:\\Users\\jun\\file.txt", "\\\\server\\share\\plan.docx", "**/*.swift", "src/*.ts", "README.md",
    "Makefile.am.in.txt",
    ".env.local", ".gitignore", "문서/보고서.pdf", "projects/대기질/workflow.json", "資料/計画.md", "node_modules/",
    "a_b/c_d/e.py", "/healthz", "archive.tar.gz", "données/été.csv",
  ])
  func `is found as written`(path: String) {
    #expect(texts("See \(path) for more.", .path) == [path])
    #expect(texts("(\(path)),", .path) == [path])
  }

  @Test(arguments: [
    "and/or", "he/she said", "w/o it", "24/7", "the Windows/Linux builds", "TCP/IP", "e.g. this", "i.e. that",
    "red/green/blue", "end of it.Next one", "wait...what", "a\\nb", "5 km/h", "</div>", "1/2 cup", "his/her",
  ])
  func `is not seen in`(text: String) {
    #expect(texts(text, .path) == [])
  }

  @Test func `the particle behind it is grammar`() {
    #expect(texts("src/main.swift를 고쳤고 문서/보고서.pdf에 적었다", .path) == ["src/main.swift", "문서/보고서.pdf"])
    #expect(texts("ファイルはsrc/main.swiftを見る", .path) == ["src/main.swift"])
  }

  @Test func `a place in a file is the file`() {
    #expect(texts("at Sources/App.swift:12:5: error", .path) == ["Sources/App.swift"])
    #expect(texts("main.c:40", .path) == ["main.c"])
  }

  @Test(arguments: [
    ("./src/a.swift", "src/a.swift"), ("src/", "src"), ("C:\\a\\b.txt", "C:/a/b.txt"),
    ("././x/y.md", "x/y.md"),
    ("/var/log/", "/var/log"),
  ])
  func `has one normal form`(path: String, normal: String) {
    #expect(normals("in \(path)", .path) == [normal])
  }

  @Test func `more segments tell more`() {
    let weights = ["/healthz", "main.swift", "src/main.swift", "src/app/main.swift"].map {
      found($0)[0].weight
    }
    #expect(weights == weights.sorted())
    #expect(Set(weights).count == 4)
  }
}

@Suite struct `Addresses` {
  @Test(arguments: [
    ("https://Example.com/A/b?x=1#top", "https://example.com/A/b?x=1#top"),
    ("http://localhost:8080", "http://localhost:8080"),
    ("HTTPS://EXAMPLE.COM/", "https://example.com"), ("github.com/apple/swift", "github.com/apple/swift"),
    ("example.com", "example.com"), ("localhost:8787", "localhost:8787"),
    ("127.0.0.1:8787", "127.0.0.1:8787"),
    ("192.168.0.1", "192.168.0.1"), ("git@github.com:apple/swift.git", "git@github.com:apple/swift.git"),
    ("https://en.wikipedia.org/wiki/Flow_(psychology)", "https://en.wikipedia.org/wiki/Flow_(psychology)"),
  ])
  func `of the web are found`(url: String, normal: String) {
    #expect(texts("See \(url), please.", .url) == [url])
    #expect(normals("(see \(url))", .url) == [normal])
  }

  @Test func `end before Markdown and East Asian text`() {
    #expect(texts("[docs](https://example.com/docs)에서", .url) == ["https://example.com/docs"])
    #expect(texts("https://example.com/docs를 보라", .url) == ["https://example.com/docs"])
    #expect(texts("**https://example.com/x**", .url) == ["https://example.com/x"])
  }

  @Test(arguments: ["jun@example.com", "Jun.Park+x@Mail.Example.co.kr", "a_b@example.org"])
  func `of mail are found`(address: String) {
    #expect(texts("Mail \(address).", .email) == [address])
    #expect(normals("<\(address)>", .email) == [address.lowercased()])
  }

  @Test(arguments: ["@jun hi", "a @ b", "5 @ 3 dollars", "e.g. x", "version 1.2"])
  func `are not seen in`(text: String) {
    #expect(texts(text, .email) + texts(text, .url) == [])
  }
}
