import Testing

@testable import FlowText

@Suite struct `Hashes` {
  @Test(arguments: [
    "3f2a9c1", "47c053e", "da39a3ee5e6b4b0d3255bfef95601890afd80709", "sha256:abcdef0123456789",
    "123e4567-e89b-12d3-a456-426614174000", "0xdeadbeef", "D41D8CD98F00B204E9800998ECF8427E",
  ])
  func `are found`(hash: String) {
    #expect(texts("commit \(hash).", .hash) == [hash])
    #expect(normals("(\(hash))", .hash) == [hash.lowercased()])
  }

  @Test(arguments: ["decade", "defaced", "1234567", "20240412", "facade2", "beef", "3600000", "feedback"])
  func `are not words or numbers`(text: String) {
    #expect(texts("the \(text) here", .hash) == [])
  }
}

@Suite struct `Versions` {
  @Test(arguments: [
    ("v1.2.3", "1.2.3"), ("1.2.3-rc.1", "1.2.3-rc.1"), ("Python 3.12", "python 3.12"), ("Swift 6", "swift 6"),
    ("v2", "2"), ("10.15.7", "10.15.7"), ("2.0.0+build5", "2.0.0+build5"), ("3.13.0rc1", "3.13.0rc1"),
    ("Ubuntu 22.04", "ubuntu 22.04"), ("HTTP/1.1", "http 1.1"),
  ])
  func `are found`(version: String, normal: String) {
    #expect(texts("we use \(version) now", .version) == [version])
    #expect(normals("we use \(version), now", .version) == [normal])
  }

  @Test(arguments: ["1.2 GB", "3.14", "12:30:45", "2024.04.12", "Total 3.50", "192.168.0.1", "in 2024"])
  func `are not`(text: String) {
    #expect(texts(text, .version) == [])
  }
}

@Suite struct `Ids` {
  @Test(arguments: [
    "T001", "JIRA-123", "#4597", "s42", "m1-40", "4WQ150", "K1NW8N", "call_abc123", "snake_case", "camelCase",
    "SCREAMING_NAME", "os.path.join", "self.root", "$HOME", "$FLOW_ROOT", "__init__", "mohamed_silva_9265",
    "HAT023",
    "CVE-2024-1234", "Flow::Text", "UTF-8", "@types/node", "GitHub", "iPhone", "010-1234-5678", "#ff8800",
    "user.name_2",
  ])
  func `are found`(id: String) {
    #expect(texts("see \(id) there", .id) == [id])
    #expect(texts("see (\(id)), there", .id) == [id])
  }

  @Test(arguments: [
    "mid-2023", "top-10", "well-known", "state-of-the-art", "don't", "it's", "a.m.", "_emphasis_", "**bold**",
    "C++",
    "5-year", "twenty-five", "---", "___", "# Heading", "#include", "word--word", "it.Works now", "~5",
    "10-20",
  ])
  func `are not`(text: String) {
    #expect(texts("we \(text) here", .id) == [])
  }

  @Test func `a possessive is left out`() {
    #expect(texts("T001's owner and HAT023's seat", .id) == ["T001", "HAT023"])
  }

  @Test func `keys of JSON are no facts, values are`() {
    let json = #"{"reservation_id": "K1NW8N", "user_id": "mohamed_silva_9265", "flight_number":"HAT023"}"#
    #expect(texts(json, .id) == ["K1NW8N", "mohamed_silva_9265", "HAT023"])
  }
}

@Suite struct `Commands` {
  @Test(arguments: [
    "make test", "git commit -m \"fix the bug\"", "docker run --rm -it image", "npm install --save-dev vite",
    "curl -sS https://example.com/x", "kubectl get pods -n prod", "swift build -c release",
    "python3 scripts/a.py --n=3",
  ])
  func `begin a line with a known tool`(command: String) {
    #expect(texts("Run this:\n\n\(command)\n\nand wait", .command).first == command)
    #expect(texts("\n  $ \(command)", .command).first == command)
  }

  @Test(arguments: [
    "make sure you run it", "go to the store", "find the file and tell me", "cat is nice.",
    "git is what we use",
    "swift as the wind", "It costs $ 5", "make it so", "node is down.",
  ])
  func `are not prose`(text: String) {
    #expect(texts(text, .command) == [])
  }

  @Test func `stand in back-ticks`() {
    #expect(texts("then `git status` was run", .command) == ["git status"])
    #expect(texts("the type `Identifier` and `foo`", .id) == ["Identifier", "foo"])
    #expect(texts("```\nlet x = 1\n```", .command) == [])
  }

  @Test func `keep what they hold as facts of their own`() {
    let kinds = found("$ cp src/main.swift /tmp/x --force").map(\.kind)
    #expect(kinds == [.command, .path, .path])
  }

  @Test func `flags outside of commands are found`() {
    #expect(texts("pass --max-time=3 or --verbose.", .command) == ["--max-time=3", "--verbose"])
    #expect(texts("a -- b, well--known, -x", .command) == [])
  }
}

@Suite struct `Quotations` {
  @Test(arguments: ["\"bad rows\"", "“bad rows”", "‘bad rows’", "「bad rows」", "『bad rows』", "《bad rows》"])
  func `are found between their marks`(quotation: String) {
    #expect(texts("he said \(quotation) twice", .quoted) == ["bad rows"])
  }

  @Test(arguments: [
    "it's the kids' toys", "don’t and won’t", "5\" and 6\"", "an open \" mark", "\"\" and \" \"",
    "{\"key\": 1}", "“open",
  ])
  func `are not apostrophes, inches or keys`(text: String) {
    #expect(texts(text, .quoted) == [])
  }

  @Test func `hold other facts, but are not the same fact twice`() {
    #expect(found("the file \"main.swift\"").map(\.kind) == [.path])
    #expect(found("she said \"see main.swift at noon\"").map(\.kind) == [.quoted, .path])
  }

  @Test func `end on their line`() {
    #expect(texts("a \"quote\nnever\" closed", .quoted) == [])
  }
}
