import FlowCore

// The profiles of 256 steps, column by column, in some 3.5 KB: a page of the file. For each column
//
//     bytes of a value: 0, 1, 2, 4 or 8
//     the least value, 8 bytes
//     256 values less the least, lowest byte first
//
// (frame-of-reference coding: Goldstein, Ramakrishnan and Shaft 1998). A column in which all are alike takes
// nine bytes; sittings and speakers take a byte a step, times of a week four.

/// The profiles of steps whose ids share all but the lowest eight bits.
struct ProfileChunk {
  static let size = 256

  /// The number of a step's chunk.
  static func number(of step: StepID) -> Int { (step.rawValue - 1) >> 8 }
  /// The steps of a chunk.
  static func steps(of number: Int) -> ClosedRange<Int> { (number * size + 1)...(number * size + size) }

  // One by one: an array would be allocated for each chunk that is read.
  private let present: Column
  private let ts: Column
  private let sitting: Column
  private let tokens: Column
  private let length: Column
  private let marks: Column
  private let speaker: Column

  fileprivate struct Column {
    let least: Int64
    let width: Int
    /// The values; valid as long as the bytes that the chunk was read from.
    let bytes: UnsafeRawPointer
  }

  /// Present, then the values of a profile.
  private static func values(of profile: StepProfile?) -> [Int64] {
    guard let profile else { return [Int64](repeating: 0, count: columnCount) }
    return [
      1, profile.ts.milliseconds, Int64(profile.sitting), Int64(profile.tokens), Int64(profile.length),
      Int64(profile.marks), Int64(profile.speaker),
    ]
  }

  private static let columnCount = 7

  /// The bytes of a chunk with these of its steps.
  static func encode(_ profiles: [StepProfile]) -> [UInt8] {
    var slots = [StepProfile?](repeating: nil, count: size)
    for profile in profiles { slots[(profile.id.rawValue - 1) & (size - 1)] = profile }
    // A step that is not there takes another's values, so that it widens no column but the first.
    let rows = slots.map { slot in slot.map(values(of:)) ?? [0] + values(of: profiles.first).dropFirst() }
    var bytes: [UInt8] = []
    for column in 0..<columnCount {
      let values = rows.map { $0[column] }
      let least = values.min() ?? 0
      let span = UInt64(bitPattern: (values.max() ?? 0) &- least)
      let width = span == 0 ? 0 : span < 1 << 8 ? 1 : span < 1 << 16 ? 2 : span < 1 << 32 ? 4 : 8
      bytes.append(UInt8(width))
      append(UInt64(bitPattern: least), width: 8, to: &bytes)
      for value in values { append(UInt64(bitPattern: value &- least), width: width, to: &bytes) }
    }
    return bytes
  }

  private static func append(_ value: UInt64, width: Int, to bytes: inout [UInt8]) {
    for index in 0..<width { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(index * 8))) }
  }

  /// Reads the heads of the columns; nil for bytes that `encode` does not write.
  ///
  /// The bytes must stay where they are as long as the chunk is used.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return nil }
    var position = 0
    func next() -> Column? {
      guard position + 9 <= bytes.count else { return nil }
      let width = Int(bytes[position])
      guard width <= 8, width & (width - 1) == 0 else { return nil }
      let least = Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: position + 1, as: Int64.self))
      let column = Column(least: least, width: width, bytes: base + (position + 9))
      position += 9 + width * Self.size
      return column
    }
    guard let present = next(), let ts = next(), let sitting = next(), let tokens = next(),
      let length = next(),
      let marks = next(), let speaker = next(), position == bytes.count
    else { return nil }
    (self.present, self.ts, self.sitting, self.tokens) = (present, ts, sitting, tokens)
    (self.length, self.marks, self.speaker) = (length, marks, speaker)
  }

  /// The profile of a step of this chunk, or nil if the step is not there.
  func profile(of step: StepID) -> StepProfile? {
    let slot = (step.rawValue - 1) & (Self.size - 1)
    guard present.value(slot) == 1 else { return nil }
    return StepProfile(
      id: step,
      ts: Timestamp(milliseconds: ts.value(slot)),
      sitting: Int(sitting.value(slot)),
      tokens: Int(tokens.value(slot)),
      length: Int(length.value(slot)),
      marks: UInt32(truncatingIfNeeded: marks.value(slot)),
      speaker: Int(speaker.value(slot))
    )
  }
}

extension ProfileChunk.Column {
  fileprivate func value(_ slot: Int) -> Int64 {
    let offset: UInt64 =
      switch width {
      case 0: 0
      case 1: UInt64(bytes.load(fromByteOffset: slot, as: UInt8.self))
      case 2: UInt64(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: slot &* 2, as: UInt16.self)))
      case 4: UInt64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: slot &* 4, as: UInt32.self)))
      default: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: slot &* 8, as: UInt64.self))
      }
    return least &+ Int64(bitPattern: offset)
  }
}
