// The bytes of a posting list, as stores keep them. Numbers are LEB128.
//
// A list is its blocks, 128 postings each but for the last; the count of all postings is kept beside it. A
// block is
//
//     distance of its first step from the last step of the block before (the first block: from 0)
//     if it has more than one posting:
//       distance of its last step from its first
//       highest weight, a byte
//       number of bytes of the distances
//       distance of each step but the first from the one before
//     weights, a byte each
//
// Most terms of a segment stand in one step, and take the distance and the weight: three or four bytes. Steps
// are counted from 0, not from the segment's first, so that a list is copied into another segment as it is.
//
// What holds: `append` checks all that is read before decoding, so that no damage leads outside of the bytes;
// a damaged block decodes to wrong steps, but none outside of its first and last. `isSound` finds those.

extension PostingList {
  /// The bytes of a list; steps are above 0, below 2^31 and ascending.
  package static func encoded(_ postings: [Posting]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(postings.count * 2 + 8)
    var distances: [UInt8] = []
    var last = 0
    for start in stride(from: 0, to: postings.count, by: blockSize) {
      let block = postings[start..<min(postings.count, start + blockSize)]
      let first = block[start].step
      bytes.append(leb128: first - last)
      last = block[block.endIndex - 1].step
      if block.count > 1 {
        distances.removeAll(keepingCapacity: true)
        var step = first
        var highest: UInt8 = 0
        for posting in block {
          if posting.step > step { distances.append(leb128: posting.step - step) }
          step = posting.step
          highest = max(highest, posting.weight)
        }
        bytes.append(leb128: last - first)
        bytes.append(highest)
        bytes.append(leb128: distances.count)
        bytes.append(contentsOf: distances)
      }
      for posting in block { bytes.append(posting.weight) }
    }
    return bytes
  }

  /// Appends a list of `count` postings as `encoded` made it; says whether the bytes can be one.
  package mutating func append(encoded: UnsafeRawBufferPointer, count: Int) -> Bool {
    guard count > 0 else { return count == 0 && encoded.isEmpty }
    let base = bytes.count
    bytes.append(contentsOf: encoded)
    var reader = LEB128Reader(encoded)
    var previous = 0
    var rest = count
    while rest > 0 {
      let size = min(rest, PostingList.blockSize)
      guard let block = PostingBlock(&reader, count: size, after: previous, base: base) else { return false }
      if let before = blocks.last, block.first <= before.last { isAscending = false }
      blocks.append(block)
      previous = block.last
      rest -= size
    }
    self.count += count
    return reader.isAtEnd
  }

  /// Empties the list and keeps its room.
  package mutating func removeAll() {
    count = 0
    blocks.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
    isAscending = true
  }

  /// Decodes all of it behind what is there.
  package func append(to postings: inout [Posting], using buffer: inout PostingBuffer) {
    for block in blocks {
      decode(block, into: &buffer)
      for index in 0..<buffer.count {
        postings.append(Posting(step: buffer.steps[index], weight: buffer.weights[index]))
      }
    }
  }

  /// Whether the blocks hold what their heads say.
  package var isSound: Bool {
    var buffer = PostingBuffer()
    return blocks.allSatisfy { block in
      decode(block, into: &buffer)
      let steps = buffer.steps[..<buffer.count]
      return steps.first == block.first && steps.last == block.last
        && zip(steps, steps.dropFirst()).allSatisfy { $0 < $1 }
        && buffer.weights[..<buffer.count].max() == block.highestWeight
    }
  }

  /// Decodes a block of this list.
  public func decode(_ block: PostingBlock, into buffer: inout PostingBuffer) {
    let count = block.count
    buffer.count = count
    bytes.withUnsafeBufferPointer { bytes in
      buffer.steps.withUnsafeMutableBufferPointer { steps in
        steps[0] = block.first
        if block.distanceBytes == count - 1 {
          var step = block.first
          for index in 1..<max(1, count) {
            step = min(step &+ Int(bytes[block.start &+ index &- 1] & 0x7F), block.last)
            steps[index] = step
          }
        } else {
          PostingList.decodeLong(block, bytes: bytes, into: steps)
        }
      }
      buffer.weights.withUnsafeMutableBufferPointer { weights in
        let start = block.start + block.distanceBytes
        for index in 0..<count { weights[index] = bytes[start &+ index] }
      }
    }
  }

  /// Distances of which some take more than a byte.
  private static func decodeLong(
    _ block: PostingBlock,
    bytes: UnsafeBufferPointer<UInt8>,
    into steps: UnsafeMutableBufferPointer<Int>
  ) {
    var position = block.start
    let end = position + block.distanceBytes
    var step = UInt(bitPattern: block.first)
    for index in 1..<block.count {
      var distance: UInt = 0
      var shift: UInt = 0
      while position < end {
        let byte = bytes[position]
        position += 1
        distance |= UInt(byte & 0x7F) << shift
        shift += 7
        if byte < 0x80 { break }
      }
      step = min(step &+ min(distance, UInt(Int32.max)), UInt(bitPattern: block.last))
      steps[index] = Int(bitPattern: step)
    }
  }
}

extension PostingBlock {
  /// Reads the head of a block and passes over the rest; nil for what cannot be one.
  fileprivate init?(_ reader: inout LEB128Reader, count: Int, after previous: Int, base: Int) {
    guard let distance = reader.number(), distance > 0 else { return nil }
    let (first, firstOverflows) = previous.addingReportingOverflow(distance)
    guard !firstOverflows, first < Int(Int32.max) else { return nil }
    if count == 1 {
      let start = base + reader.position
      guard let weight = reader.byte() else { return nil }
      self.init(first: first, last: first, highestWeight: weight, count: 1, start: start, distanceBytes: 0)
      return
    }
    guard let span = reader.number(), span >= count - 1, let highest = reader.byte(),
      let distanceBytes = reader.number(), distanceBytes >= count - 1
    else { return nil }
    let (last, lastOverflows) = first.addingReportingOverflow(span)
    guard !lastOverflows, last < Int(Int32.max), let distances = reader.skip(distanceBytes),
      reader.skip(count) != nil
    else { return nil }
    self.init(
      first: first,
      last: last,
      highestWeight: highest,
      count: count,
      start: base + distances.lowerBound,
      distanceBytes: distanceBytes
    )
  }
}
