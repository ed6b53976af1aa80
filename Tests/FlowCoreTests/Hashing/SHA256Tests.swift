import FlowCore
import Testing

@Suite struct `SHA-256` {
  /// FIPS 180-4's examples and NIST's longer ones (SHA256ShortMsg, "abcdefgh…", a million times "a").
  static let vectors: [(message: String, digest: String)] = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrs"
        + "mnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
  ]

  @Test(arguments: vectors)
  func `gives the standard's digests`(message: String, digest: String) {
    #expect(SHA256.hexDigest(of: message.utf8) == digest)
  }

  @Test func `a million letters have the standard's digest`() {
    let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    let digest = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    #expect(SHA256.hexDigest(of: bytes) == digest)
  }

  @Test(arguments: [1, 3, 55, 56, 63, 64, 65, 127, 200])
  func `pieces of any size give the digest of the whole`(size: Int) {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    var hash = SHA256()
    for start in stride(from: 0, to: bytes.count, by: size) {
      hash.update(bytes[start..<min(start + size, bytes.count)])
    }
    #expect(hash.hexDigest() == SHA256.hexDigest(of: bytes))
  }

  @Test func `asking for the digest does not end the data`() {
    var hash = SHA256()
    hash.update("a".utf8)
    _ = hash.digest()
    hash.update("bc".utf8)
    #expect(hash.hexDigest() == SHA256.hexDigest(of: "abc".utf8))
  }
}
