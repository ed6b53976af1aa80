import FlowCore

// Numbers are unsigned LEB128 (DWARF 5, section 7.6): seven bits a byte, the lowest first. Most postings take
// two bytes: the distance to the step before, and how often.
//
// - A step's terms in the tail: for each the length of its UTF-8, the UTF-8, the frequency.
// - A term's steps in a segment: for each the distance from the step before (the first one from the segment's
//   first step), the frequency.

/// A step's terms as the tail of the recall index keeps them.
enum TailCodec {
  static func encode(_ terms: [TermFrequency]) -> [UInt8] {
    var bytes: [UInt8] = []
    for term in terms {
      bytes.append(number: term.term.utf8.count)
      bytes.append(contentsOf: term.term.utf8)
      bytes.append(number: term.frequency)
    }
    return bytes
  }

  /// Calls `body` with each term's UTF-8 and frequency; says whether the bytes were sound.
  static func forEach(in bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer, Int) -> Void) -> Bool
  {
    var reader = NumberReader(bytes)
    while !reader.isAtEnd {
      guard let length = reader.number(), let term = reader.bytes(length), let frequency = reader.number()
      else { return false }
      body(term, frequency)
    }
    return true
  }
}

/// A term's steps as a segment of the recall index keeps them, growing.
struct PostingList {
  private(set) var bytes: [UInt8] = []
  private var last: Int

  /// A list without steps.
  init(segment: Int) {
    last = segment
  }

  /// Appends a step, which is not before the one appended last.
  mutating func append(step: Int, frequency: Int) {
    bytes.append(number: step - last)
    bytes.append(number: frequency)
    last = step
  }

  /// Calls `body` with each step and frequency; says whether the bytes were sound.
  static func forEach(in bytes: UnsafeRawBufferPointer, segment: Int, _ body: (Int, Int) -> Void) -> Bool {
    var reader = NumberReader(bytes)
    var step = segment
    while !reader.isAtEnd {
      guard let distance = reader.number(), let frequency = reader.number() else { return false }
      let (next, overflows) = step.addingReportingOverflow(distance)
      guard !overflows else { return false }
      step = next
      body(step, frequency)
    }
    return true
  }
}

extension [UInt8] {
  fileprivate mutating func append(number: Int) {
    var rest = UInt(bitPattern: Swift.max(0, number))
    while rest > 0x7F {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(truncatingIfNeeded: rest))
  }
}

private struct NumberReader {
  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { position == bytes.count }

  /// The next number, or nil if it is cut off or does not fit.
  mutating func number() -> Int? {
    var value: UInt = 0
    var shift: UInt = 0
    while position < bytes.count, shift < 63 {
      let byte = bytes[position]
      position += 1
      value |= UInt(byte & 0x7F) << shift
      if byte < 0x80 { return Int(bitPattern: value) }
      shift += 7
    }
    return nil
  }

  mutating func bytes(_ count: Int) -> UnsafeRawBufferPointer? {
    guard count <= bytes.count - position else { return nil }
    defer { position += count }
    return UnsafeRawBufferPointer(rebasing: bytes[position..<(position + count)])
  }
}
