import FlowCore
import RandomSupport
import Testing

@Suite struct `Posting lists` {
  /// Ascending steps with gaps of all sizes.
  private static func postings(count: Int, gap: Int, using random: inout SeededRandom) -> [Posting] {
    var step = 0
    return (0..<count).map { _ in
      step += Int.random(in: 1...gap, using: &random)
      return Posting(step: step, weight: UInt8.random(in: 1...255, using: &random))
    }
  }

  @Test(arguments: [0, 1, 2, 127, 128, 129, 255, 256, 257, 1000], [1, 2, 100, 200, 20_000])
  func `what goes in comes out`(count: Int, gap: Int) throws {
    var random = SeededRandom(seed: UInt64(count * 7 + gap))
    let postings = Self.postings(count: count, gap: gap, using: &random)
    let list = PostingList(postings)
    #expect(list.postings == postings && list.count == count && list.isSound)
    #expect(list.highestWeight == postings.map(\.weight).max() ?? 0)
    #expect(list.blocks.count == (count + 127) / 128)
    var buffer = PostingBuffer()
    var start = 0
    for block in list.blocks {
      let part = postings[start..<(start + block.count)]
      #expect(block.first == part.first?.step && block.last == part.last?.step)
      #expect(block.highestWeight == part.map(\.weight).max())
      list.decode(block, into: &buffer)
      #expect(Array(buffer.steps[..<buffer.count]) == part.map(\.step))
      start += block.count
    }
  }

  @Test func `a dense posting takes two bytes, a lone one three or four`() {
    let dense = (1...1280).map { Posting(step: $0, weight: 9) }
    #expect(PostingList.encoded(dense).count < 1280 * 2 + 10 * 6)
    #expect(PostingList.encoded([Posting(step: 9000, weight: 9)]).count == 3)
    #expect(PostingList.encoded([Posting(step: 90_000, weight: 9)]).count == 4)
  }

  @Test func `postings out of order are put in order, the last one counting`() {
    let list = PostingList([
      Posting(step: 5, weight: 1), Posting(step: 2, weight: 2), Posting(step: 5, weight: 3),
    ])
    #expect(list.postings == [Posting(step: 2, weight: 2), Posting(step: 5, weight: 3)])
  }

  @Test func `lists are appended, and know whether they ascend`() {
    var random = SeededRandom(seed: 4)
    let all = Self.postings(count: 600, gap: 30, using: &random)
    var list = PostingList()
    for part in [all[..<1], all[1..<200], all[200..<200], all[200...]] {
      let isSound = PostingList.encoded(Array(part)).withUnsafeBytes {
        list.append(encoded: $0, count: part.count)
      }
      #expect(isSound)
    }
    #expect(list.isAscending && list.postings == all && list.count == 600)
    let again = PostingList.encoded([all[3]]).withUnsafeBytes { list.append(encoded: $0, count: 1) }
    #expect(again && !list.isAscending)
  }

  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func `damaged bytes are refused, or decode within their blocks`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let gap = [1, 3, 300, 100_000].randomElement(using: &random)!
    let postings = Self.postings(count: Int.random(in: 1...400, using: &random), gap: gap, using: &random)
    var bytes = PostingList.encoded(postings)
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
    }
    if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 1...bytes.count, using: &random)) }
    var list = PostingList()
    guard bytes.withUnsafeBytes({ list.append(encoded: $0, count: postings.count) }) else { return }
    var buffer = PostingBuffer()
    for block in list.blocks {
      list.decode(block, into: &buffer)
      let steps = buffer.steps[..<buffer.count]
      #expect(steps.allSatisfy { $0 >= block.first && $0 <= block.last }, "seed \(seed)")
    }
    #expect(!list.isSound || list.postings.count == postings.count, "seed \(seed)")
  }
}
