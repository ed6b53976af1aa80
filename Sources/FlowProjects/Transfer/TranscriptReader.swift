import FlowCore
import FlowMemory

/// Reads the steps of a transcript that comes in pieces.
protocol TranscriptReader: Sendable {
  /// Adds a piece of the source.
  mutating func append(_ piece: [UInt8])
  /// Says that no piece follows.
  mutating func finish()
  /// The steps of the next line or message, which may be none; nil where more of the source is needed, and at its
  /// end.
  ///
  /// - Throws: `json.invalid` or `step.invalid`, naming the source and the place.
  mutating func next() throws(FlowError) -> [SourceStep]?
  /// How many bytes of a line or value without an end are held.
  var pendingBytes: Int { get }
  /// What was not carried over so far.
  var skipped: SkippedTally { get }
}

/// A step and where it stood.
struct SourceStep: Sendable {
  let place: SourcePlace
  let step: Step
  /// The id that a line without a ref carries: it may be a step of this very archive, exported.
  var exportedID: StepID?

  /// The same with a ref.
  func named(_ ref: String) -> SourceStep {
    var step = step
    step.ref = ref
    return SourceStep(place: place, step: step, exportedID: exportedID)
  }
}

/// Where something stands in a source.
struct SourcePlace: Sendable, Hashable, CustomStringConvertible {
  /// The line, from 1.
  let line: Int
  /// Which message of a list it is, from 1; nil where each has a line.
  var message: Int?

  var description: String { message.map { "line \(line) (message \($0))" } ?? "line \(line)" }
}

/// What a message says that cannot be a step; the reader adds where it stands.
struct MessageFault: Error {
  let message: String

  init(_ message: String) { self.message = message }

  func located(in source: String, _ place: SourcePlace) -> FlowError {
    FlowError(.invalidStep, "\(source) \(place): \(message)", hint: "nothing was imported")
  }
}

extension TranscriptReader {
  /// Checks what the archive relies on.
  static func validated(_ step: Step, in source: String, _ place: SourcePlace) throws(FlowError) -> SourceStep
  {
    do {
      try step.validate()
      return SourceStep(place: place, step: step)
    } catch {
      throw FlowError(
        error.code,
        "\(source) \(place): \(error.message)",
        hint: error.hint,
        context: error.context
      )
    }
  }

  /// Parses a value; half of a character, which JavaScript may write and no text can hold, becomes U+FFFD and is
  /// noted.
  static func parse(
    _ bytes: ArraySlice<UInt8>,
    in source: String,
    _ place: SourcePlace,
    _ skipped: inout SkippedTally
  ) throws(FlowError) -> JSONValue {
    do {
      return try JSONValue(parsing: bytes)
    } catch {
      if case .loneSurrogate = error.reason,
        let value = try? JSONValue(parsing: bytes, limits: JSONLimits(replacesLoneSurrogates: true))
      {
        skipped.note("half_character", at: place)
        return value
      }
      let found = SourcePlace(line: place.line + error.line - 1, message: place.message)
      throw FlowError(.invalidJSON, "\(source) \(found): \(error.reason)", hint: "nothing was imported")
    }
  }
}

extension TranscriptFormat {
  /// A reader for a source of this form.
  func reader(source: String) -> any TranscriptReader {
    switch self {
    case .jsonl: StepLines(source: source)
    case .openAI: OpenAIReader(source: source)
    case .claudeCode: ClaudeCodeReader(source: source)
    }
  }
}
