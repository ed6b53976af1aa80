import Testing

@testable import FlowText
import RandomSupport

@Suite struct `Piece mergers` {
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

  private func short(_ piece: [UInt8], _ table: VocabularyTable) -> [UInt32] {
    withUnsafeTemporaryAllocation(byteCount: ShortPieceMerger.workspaceBytes, alignment: 64) { workspace in
      let merger = ShortPieceMerger(vocabulary: table, workspace: workspace.baseAddress!)
      var ids: [UInt32] = []
      let count = piece.withUnsafeBufferPointer { merger.merge($0.baseAddress!, length: piece.count) }
      merger.forEachToken(length: piece.count) { id, _ in ids.append(id) }
      #expect(count == ids.count)
      return ids
    }
  }

  private func long(_ piece: [UInt8], _ table: VocabularyTable) -> [UInt32] {
    var merger = LongPieceMerger(vocabulary: table)
    var ids: [UInt32] = []
    let count = piece.withUnsafeBufferPointer { merger.merge($0.baseAddress!, length: piece.count) }
    merger.forEachToken { id, _ in ids.append(id) }
    #expect(count == ids.count)
    return ids
  }

  private func windowed(_ piece: [UInt8], _ table: VocabularyTable) -> [UInt32]? {
    let bytes = ShortPieceMerger.workspaceBytes + WindowedMerger.workspaceBytes
    return withUnsafeTemporaryAllocation(byteCount: bytes, alignment: 64) { workspace in
      let base = workspace.baseAddress!
      let short = ShortPieceMerger(vocabulary: table, workspace: base)
      let merger = WindowedMerger(short, workspace: base + ShortPieceMerger.workspaceBytes)
      var ids: [UInt32] = []
      let isDone = piece.withUnsafeBufferPointer {
        merger.merge($0.baseAddress!, length: piece.count) { id, _ in ids.append(id) }
      }
      return isDone ? ids : nil
    }
  }

  /// The number of tokens of each piece, all queued together.
  private func inLanes(_ pieces: [[UInt8]], _ table: VocabularyTable) -> [Int] {
    let joined = pieces.flatMap(\.self)
    return withUnsafeTemporaryAllocation(byteCount: MergeLanes.workspaceBytes, alignment: 64) { workspace in
      var lanes = MergeLanes(vocabulary: table, workspace: workspace.baseAddress!)
      return joined.withUnsafeBufferPointer { bytes in
        var at = 0
        for piece in pieces {
          lanes.add(MergeLanes.Job(piece: bytes.baseAddress! + at, length: piece.count, isCacheable: false))
          at += piece.count
        }
        lanes.merge()
        return pieces.indices.map { lanes[$0].starts.nonzeroBitCount }
      }
    }
  }

  /// The number of tokens of a piece counted in windows, or nil if they do not agree.
  private func inPieceWindows(_ piece: [UInt8], _ table: VocabularyTable) -> Int? {
    withUnsafeTemporaryAllocation(byteCount: MergeLanes.workspaceBytes, alignment: 64) { workspace in
      var lanes = MergeLanes(vocabulary: table, workspace: workspace.baseAddress!)
      return piece.withUnsafeBufferPointer { bytes in
        PieceWindows.add(bytes.baseAddress!, length: piece.count, to: &lanes)
        lanes.merge()
        var windows = PieceWindows()
        var total = 0
        for number in 0..<lanes.count {
          guard let tokens = windows.tokens(with: lanes[number]) else { return nil }
          total += tokens
        }
        return total
      }
    }
  }

  @Test(arguments: [BytePairTokenizer.o200kBase, .cl100kBase])
  func `all agree with the definition`(_ tokenizer: BytePairTokenizer) {
    let table = tokenizer.table
    let ids = Dictionary(
      uniqueKeysWithValues: (0..<UInt32(table.tokenCount)).map { (Array(table.bytes(of: $0)!), $0) }
    )
    for seed in 1...60 as ClosedRange<UInt64> {
      var random = SeededRandom(seed: seed)
      let piece = Array(Array(RandomText.text(90, using: &random).utf8).prefix(Int(seed * 4)))
      let expected = definition(piece, ids)
      #expect(short(piece, table) == expected, "seed \(seed)")
      #expect(long(piece, table) == expected, "seed \(seed)")
      #expect(windowed(piece, table) == expected, "seed \(seed)")
    }
  }

  @Test(arguments: [BytePairTokenizer.o200kBase, .cl100kBase], 1...30 as ClosedRange<UInt64>)
  func `pieces merged in turn have as many tokens as alone`(_ tokenizer: BytePairTokenizer, _ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let pieces = (0..<Int.random(in: 1...MergeLanes.capacity, using: &random)).map { _ in
      var bytes = ArraySlice(RandomText.text(64, using: &random).utf8)
      // A piece begins with a character, but a part of one may end anywhere.
      if Bool.random(using: &random) { bytes = bytes.drop { $0 < 0x80 } }
      return Array((bytes + [0x61]).prefix(Int.random(in: 1...64, using: &random)))
    }
    let expected = pieces.map { short($0, tokenizer.table).count }
    #expect(inLanes(pieces, tokenizer.table) == expected)
  }

  @Test(arguments: [BytePairTokenizer.o200kBase, .cl100kBase], 1...60 as ClosedRange<UInt64>)
  func `long pieces have as many tokens in windows as whole`(_ tokenizer: BytePairTokenizer, _ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let units = ["a", "中文", "xyzzyq", "─", "안녕하세요", "Да", "aB", "=-", "\u{301}e", "今天天气很好"]
    var text = ""
    while text.utf8.count < 4_000 {
      text +=
        Bool.random(using: &random)
        ? units.randomElement(using: &random)! : RandomText.text(3, using: &random)
    }
    let bytes = Array(text.utf8)
    let table = tokenizer.table
    #expect(windowed(bytes, table) == long(bytes, table))
    let piece = Array(bytes.prefix(Int.random(in: 65...560, using: &random)))
    let tokens = inPieceWindows(piece, table)
    #expect(tokens == nil || tokens == long(piece, table).count)
  }

  @Test(
    arguments: [BytePairTokenizer.o200kBase, .cl100kBase],
    ["a", " ", "─", "é", "😀", "\u{301}", "=", "中", "0"]
  )
  func `a run has as many tokens as it is encoded into`(_ tokenizer: BytePairTokenizer, _ unit: String) {
    let table = tokenizer.table
    for (head, length, tail) in [
      ("", 5_000, ""), ("x", 4_097, "yz"), ("中文", 7_001, "a"), ("aaaab", 9_999, "中"),
    ] {
      let piece = Array((head + String(repeating: unit, count: length / unit.utf8.count) + tail).utf8)
      let counted = runCount(piece, table)
      #expect(counted == nil || counted == long(piece, table).count, "\(head) \(length)")
      #expect(unit != "a" || counted != nil)
    }
    #expect(runCount(Array(String(repeating: "abcdefgh", count: 1_000).utf8), table) == nil)
  }

  private func runCount(_ piece: [UInt8], _ table: VocabularyTable) -> Int? {
    let bytes = ShortPieceMerger.workspaceBytes + WindowedMerger.workspaceBytes
    return withUnsafeTemporaryAllocation(byteCount: bytes, alignment: 64) { workspace in
      let base = workspace.baseAddress!
      let short = ShortPieceMerger(vocabulary: table, workspace: base)
      let merger = WindowedMerger(short, workspace: base + ShortPieceMerger.workspaceBytes)
      return piece.withUnsafeBufferPointer {
        RunCounter(merger: merger).count($0.baseAddress!, length: $0.count)
      }
    }
  }

  @Test func `windows that do not agree are told`() {
    let run = [UInt8](repeating: UInt8(ascii: " "), count: 500)
    let table = BytePairTokenizer.o200kBase.table
    #expect(inPieceWindows(run, table) == nil)
    #expect(run.withUnsafeBufferPointer { !PieceWindows.suit($0.baseAddress!, length: 500) })
    #expect(windowed(run, table) == long(run, table))
  }

  @Test func `all agree at the limit of the short one`() {
    let table = BytePairTokenizer.o200kBase.table
    for byte in UInt8(ascii: " ")...UInt8(ascii: "z") {
      let piece = [UInt8](repeating: byte, count: ShortPieceMerger.limit)
      #expect(short(piece, table) == long(piece, table), "byte \(byte)")
    }
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func `the heap gives its numbers in order`(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
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
