import FlowCore

/// Makes refs for steps that come without: from what they say, and how often that has stood in the source.
///
/// So importing a source again adds nothing, and neither does what it said before where it has grown at its end.
struct OccurrenceRefs: Sendable {
  private let prefix: String
  /// How often each step has stood in the source so far.
  private var occurrences: [StepDigest: Int] = [:]

  init(prefix: String) {
    self.prefix = prefix
  }

  /// The ref of the next step; how its line is laid out does not count.
  mutating func next(for step: Step) -> String {
    next(
      for: StepDigest(
        of: [
          .string(step.ts?.description ?? ""), .string(step.role.rawValue), .string(step.name ?? ""),
          .string(step.content),
        ]
      )
    )
  }

  /// The ref of the next step with this digest.
  mutating func next(for digest: StepDigest) -> String {
    ref(for: digest, occurrence: nextOccurrence(of: digest))
  }

  /// How often the digest has stood in the source, with this time.
  mutating func nextOccurrence(of digest: StepDigest) -> Int {
    let count = occurrences[digest, default: 0] + 1
    occurrences[digest] = count
    return count
  }

  func ref(for digest: StepDigest, occurrence: Int) -> String { "\(prefix):\(digest.text):\(occurrence)" }
}

/// 96 bits of SHA-256, kept as numbers: a source of a million steps has a million of them.
struct StepDigest: Sendable, Hashable {
  private let high: UInt64
  private let low: UInt32

  init(of value: JSONValue) {
    let digest = SHA256.hexDigest(of: value.serialized(.compact).utf8)
    high = UInt64(digest.prefix(16), radix: 16) ?? 0
    low = UInt32(digest.dropFirst(16).prefix(8), radix: 16) ?? 0
  }

  /// 24 hexadecimal digits.
  var text: String { StepDigest.hex(high, 16) + StepDigest.hex(low, 8) }

  private static func hex(_ value: some BinaryInteger, _ digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: digits - text.count) + text
  }
}
