import Testing

@testable import FlowText

@Suite struct `Piece mergers` {
  private let table = BytePairTokenizer.o200kBase.table

  /// Byte-pair encoding as it is defined: of all neighbours that together are a token, the one with the
  /// lowest id is merged, the leftmost of equals, until there is none. Looks tokens up by their bytes.
  private func definition(_ piece: [UInt8], _ ids: [[UInt8]: UInt32]) -> [UInt32] {
    var parts = piece.map { [$0] }
    while true {
      let merges = parts.indices.dropLast().compactMap { at in ids[parts[at] + parts[at + 1]].map { ($0, at) }
      }
      guard let (_, at) = merges.min(by: { $0.0 < $1.0 }) else { return parts.map { ids[$0]! } }
      parts.replaceSubrange(at...at + 1, with: [parts[at] + parts[at + 1]])
    }
  }

  private func short(_ piece: [UInt8]) -> [UInt32] {
    withUnsafeTemporaryAllocation(byteCount: ShortPieceMerger.workspaceBytes, alignment: 64) { workspace in
      let merger = ShortPieceMerger(vocabulary: table, workspace: workspace.baseAddress!)
      var ids: [UInt32] = []
      let count = piece.withUnsafeBufferPointer { merger.merge($0.baseAddress!, length: piece.count) }
      merger.forEachToken(length: piece.count) { id, _ in ids.append(id) }
      #expect(count == ids.count)
      return ids
    }
  }

  private func long(_ piece: [UInt8]) -> [UInt32] {
    var merger = LongPieceMerger(vocabulary: table)
    var ids: [UInt32] = []
    let count = piece.withUnsafeBufferPointer { merger.merge($0.baseAddress!, length: piece.count) }
    merger.forEachToken { id, _ in ids.append(id) }
    #expect(count == ids.count)
    return ids
  }

  @Test func `both agree with the definition`() {
    let ids = Dictionary(
      uniqueKeysWithValues: (0..<UInt32(table.tokenCount)).map { (Array(table.bytes(of: $0)!), $0) }
    )
    for seed in 1...60 as ClosedRange<UInt64> {
      var random = RandomText.Generator(seed: seed)
      let piece = Array(Array(RandomText.text(90, using: &random).utf8).prefix(Int(seed * 4)))
      let expected = definition(piece, ids)
      #expect(short(piece) == expected, "seed \(seed)")
      #expect(long(piece) == expected, "seed \(seed)")
    }
  }

  @Test func `both agree at the limit of the short one`() {
    for byte in UInt8(ascii: " ")...UInt8(ascii: "z") {
      let piece = [UInt8](repeating: byte, count: ShortPieceMerger.limit)
      #expect(short(piece) == long(piece), "byte \(byte)")
    }
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func `the heap gives its numbers in order`(_ seed: UInt64) {
    var random = RandomText.Generator(seed: seed)
    var numbers = (0..<50).map { _ in UInt64.random(in: 0..<40, using: &random) }
    var heap = MinimumHeap(numbers)
    for _ in 0..<50 {
      let more = UInt64.random(in: 0..<40, using: &random)
      numbers.append(more)
      heap.push(more)
    }
    var order: [UInt64] = []
    while let least = heap.popLeast() { order.append(least) }
    #expect(order == numbers.sorted())
  }
}
