import Testing

@testable import FlowText

@Suite struct `Piece cache` {
  private func key(_ text: String) -> PieceKey {
    let bytes = Array(text.utf8) + [UInt8](repeating: 0xFF, count: 16)
    return bytes.withUnsafeBufferPointer { PieceKey($0.baseAddress!, length: text.utf8.count) }
  }

  @Test func `short pieces are told from one another`() {
    let cache = PieceCache()
    let pieces = ["a", "ab", "ab\u{1}", "abcdefgh", "abcdefghi", "abcdefghijklmno", " abcdefghijklmn"]
    for (number, piece) in pieces.enumerated() {
      #expect(cache.tokens(key(piece)) == 0)
      cache.remember(key(piece), tokens: number + 1)
      #expect(cache.tokens(key(piece)) == number + 1)
    }
    for piece in ["b", "abc", "abcdefg", "abcdefghj", "abcdefghijklmnp"] {
      #expect(cache.tokens(key(piece)) == 0)
    }
  }

  @Test(arguments: [16, 17, 23, 24, 63, 64, 100, 253, 254])
  func `long pieces are told from one another`(_ length: Int) {
    let cache = PieceCache()
    let piece = (0..<length).map { UInt8($0 * 7 & 0xFF) }
    piece.withUnsafeBufferPointer { cache.remember($0.baseAddress!, length: length, tokens: 9) }
    #expect(piece.withUnsafeBufferPointer { cache.tokens($0.baseAddress!, length: length) } == 9)
    for place in 0..<length {
      var other = piece
      other[place] ^= 1
      #expect(other.withUnsafeBufferPointer { cache.tokens($0.baseAddress!, length: length) } == 0)
    }
    #expect(PieceCache.longLengths.contains(length))
  }

  @Test func `all caches together take less than two megabytes`() {
    let pool = PieceCachePool()
    #expect(pool.take(forTextOf: 100) == nil)
    var taken = 0
    while let _ = pool.take(forTextOf: 1 << 20) { taken += 1 }
    #expect(taken > 0)
    #expect(taken * PieceCache.size * BytePairTokenizer.names.count < 2_000_000)
  }

  @Test func `a cache that was given back is lent again`() throws {
    let pool = PieceCachePool()
    let lent = pool.take(forTextOf: 1 << 20)
    let cache = try #require(lent)
    cache.remember(key("word"), tokens: 3)
    pool.giveBack(cache)
    let again = pool.take(forTextOf: 1)
    #expect(again?.tokens(key("word")) == 3)
  }
}
