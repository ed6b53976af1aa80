import FlowCore
import FlowMemory

/// Reads steps from JSON Lines (https://jsonlines.org).
///
/// A line without a ref gets one made from its content and its occurrence, so that importing the same file again
/// adds nothing.
struct StepLines {
  /// What messages call the source.
  let source: String

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
  func steps(in bytes: [UInt8]) throws(FlowError) -> [Line] {
    var lines: [Line] = []
    var occurrences: [String: Int] = [:]
    for (number, line) in JSONLines(bytes) {
      let value = try parse(line, number: number)
      var step = try read(value, number: number)
      var exportedID: StepID?
      if step.ref == nil {
        let digest = digest(of: step)
        occurrences[digest, default: 0] += 1
        step.ref = "jsonl:\(digest):\(occurrences[digest, default: 1])"
        exportedID = value["id"]?.int.map(StepID.init)
      }
      lines.append(Line(number: number, step: step, exportedID: exportedID))
    }
    return lines
  }

  /// Tells steps without a ref apart; how the line is laid out does not count.
  private func digest(of step: Step) -> String {
    let parts: JSONValue = [
      .string(step.ts?.description ?? ""), .string(step.role.rawValue), .string(step.name ?? ""),
      .string(step.content),
    ]
    return String(SHA256.hexDigest(of: parts.serialized(.compact).utf8).prefix(24))
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
