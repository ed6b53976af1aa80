import FlowCore
import FlowMemory

/// Reads steps from JSON Lines (https://jsonlines.org).
///
/// A line without a ref gets one made from its content and its occurrence, so that importing the same file again
/// adds nothing.
struct StepLines: TranscriptReader {
  /// What messages call the source.
  let source: String
  private var buffer = JSONLineBuffer()
  private var refs = OccurrenceRefs(prefix: "jsonl")

  init(source: String) {
    self.source = source
  }

  var pendingBytes: Int { buffer.pendingBytes }
  /// A line is carried over whole.
  var skipped: SkippedTally { SkippedTally() }

  mutating func append(_ piece: [UInt8]) { buffer.append(piece) }
  mutating func finish() { buffer.finish() }

  mutating func next() throws(FlowError) -> [SourceStep]? {
    guard let (number, line) = buffer.next() else { return nil }
    return [try read(line, number: number)]
  }

  /// Reads all lines; blank ones are passed over.
  ///
  /// - Throws: `json.invalid` or `step.invalid`, naming the source and the line.
  static func steps(in bytes: [UInt8], source: String) throws(FlowError) -> [Step] {
    var lines = StepLines(source: source)
    lines.append(bytes)
    lines.finish()
    var steps: [Step] = []
    while let read = try lines.next() { steps += read.map(\.step) }
    return steps
  }

  private mutating func read(_ line: ArraySlice<UInt8>, number: Int) throws(FlowError) -> SourceStep {
    let value = try parse(line, number: number)
    var step = try read(value, number: number)
    var exportedID: StepID?
    if step.ref == nil {
      step.ref = refs.next(for: step)
      exportedID = value["id"]?.int.map(StepID.init)
    }
    return SourceStep(place: SourcePlace(line: number), step: step, exportedID: exportedID)
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
