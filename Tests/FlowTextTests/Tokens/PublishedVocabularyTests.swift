import FlowCore
import Foundation
import Testing

@testable import FlowText

@Suite struct `The embedded vocabularies` {
  /// The digests are those that tiktoken checks its downloads by.
  @Test(arguments: [
    (
      BytePairTokenizer.o200kBase,
      "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
    ),
    (.cl100kBase, "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"),
  ])
  func `spell the published files, byte for byte`(_ tokenizer: BytePairTokenizer, _ digest: String) throws {
    let table = tokenizer.table
    var file: [UInt8] = []
    for id in 0..<UInt32(table.tokenCount) {
      let bytes = try #require(table.bytes(of: id))
      file += Data(bytes).base64EncodedString().utf8
      file += " \(id)\n".utf8
    }
    #expect(SHA256.hexDigest(of: file) == digest)
  }
}
