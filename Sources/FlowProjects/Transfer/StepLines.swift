import FlowCore
import FlowMemory

/// Reads steps from JSON Lines (https://jsonlines.org).
///
/// A line without a ref gets one made from its content and its occurrence, so that importing the same file again
/// adds nothing.
struct StepLines {
  /// What messages call the source.
  let source: String
  /// How often each step without a ref has stood in the source so far.
  private var occurrences: [Digest: Int] = [:]

  init(source: String) {
    self.source = source
  }

  /// A step and the line it stood on.
  struct Line: Sendable {
    let number: Int
    let step: Step
    /// The id that a line without a ref carries: it may be a step of this very archive, exported.
    let exportedID: StepID?
  }

  /// Reads all lines; blank ones are passed over.
  ///
  /// - Throws: `json.invalid` or `step.invalid`, naming the source and the line.
  static func steps(in bytes: [UInt8], source: String) throws(FlowError) -> [Step] {
    var lines = StepLines(source: source)
    var steps: [Step] = []
    for (number, line) in JSONLines(bytes) { steps.append(try lines.read(line, number: number).step) }
    return steps
  }

  /// Reads the next line.
  ///
  /// - Throws: `json.invalid` or `step.invalid`, naming the source and the line.
  mutating func read(_ line: ArraySlice<UInt8>, number: Int) throws(FlowError) -> Line {
    let value = try parse(line, number: number)
    var step = try read(value, number: number)
    var exportedID: StepID?
    if step.ref == nil {
      let digest = Digest(of: step)
      occurrences[digest, default: 0] += 1
      step.ref = "jsonl:\(digest.text):\(occurrences[digest, default: 1])"
      exportedID = value["id"]?.int.map(StepID.init)
    }
    return Line(number: number, step: step, exportedID: exportedID)
  }

  /// Tells steps without a ref apart; how the line is laid out does not count.
  ///
  /// 96 bits of SHA-256, kept as numbers: a file of a million steps has a million of them.
  private struct Digest: Hashable {
    let high: UInt64
    let low: UInt32
    /// 24 hexadecimal digits.
    var text: String { Digest.hex(high, 16) + Digest.hex(low, 8) }

    init(of step: Step) {
      let parts: JSONValue = [
        .string(step.ts?.description ?? ""), .string(step.role.rawValue), .string(step.name ?? ""),
        .string(step.content),
      ]
      let digest = SHA256.hexDigest(of: parts.serialized(.compact).utf8)
      high = UInt64(digest.prefix(16), radix: 16) ?? 0
      low = UInt32(digest.dropFirst(16).prefix(8), radix: 16) ?? 0
    }

    private static func hex(_ value: some BinaryInteger, _ digits: Int) -> String {
      let text = String(value, radix: 16)
      return String(repeating: "0", count: digits - text.count) + text
    }
  }

  private func parse(_ line: ArraySlice<UInt8>, number: Int) throws(FlowError) -> JSONValue {
    do {
      return try JSONValue(parsing: line)
    } catch {
      throw FlowError(
        .invalidJSON,
        "\(source) line \(number): \(error)",
        hint: "each line must be one JSON object; nothing was imported"
      )
    }
  }

  private func read(_ value: JSONValue, number: Int) throws(FlowError) -> Step {
    do {
      let step = try Step(json: value)
      try step.validate()
      return step
    } catch {
      throw FlowError(
        error.code,
        "\(source) line \(number): \(error.message)",
        hint: error.hint,
        context: error.context
      )
    }
  }
}
