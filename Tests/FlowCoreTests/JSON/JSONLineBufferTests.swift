import FlowCore
import RandomSupport
import Testing

@Suite struct `JSON lines in pieces` {
  private func lines(_ pieces: [[UInt8]]) -> [(Int, [UInt8])] {
    var buffer = JSONLineBuffer()
    var lines: [(Int, [UInt8])] = []
    for piece in pieces {
      buffer.append(piece)
      while let (number, bytes) = buffer.next() { lines.append((number, Array(bytes))) }
    }
    buffer.finish()
    while let (number, bytes) = buffer.next() { lines.append((number, Array(bytes))) }
    return lines
  }

  @Test(arguments: 1...200 as ClosedRange<UInt64>) func `however a document is cut, its lines are the same`(
    seed: UInt64
  ) {
    var random = SeededRandom(seed: seed)
    let alphabet = Array("a{}\n\n \t\r".utf8)
    let document = (0..<Int.random(in: 0...200, using: &random)).map { _ in
      alphabet.randomElement(using: &random)!
    }
    let whole = JSONLines(document).map { ($0.number, Array($0.bytes)) }
    var pieces: [[UInt8]] = []
    var rest = document[...]
    while !rest.isEmpty {
      let count = Int.random(in: 0...min(rest.count, 40), using: &random)
      pieces.append(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    let cut = lines(pieces)
    #expect(cut.map(\.0) == whole.map(\.0), "seed \(seed)")
    #expect(cut.map(\.1) == whole.map(\.1), "seed \(seed)")
  }

  @Test func `it holds no more than the line that is not whole yet`() {
    var buffer = JSONLineBuffer()
    for _ in 0..<100 {
      buffer.append(Array("one\ntwo\nthr".utf8))
      while buffer.next() != nil {}
      #expect(buffer.pendingBytes == 3)
      buffer.append(Array("ee\n".utf8))
      while buffer.next() != nil {}
      #expect(buffer.pendingBytes == 0)
    }
  }
}
