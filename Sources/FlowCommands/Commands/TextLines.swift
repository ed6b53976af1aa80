import FlowCore

/// JSON Lines whose objects have a `text`: what commands read with `--jsonl`.
enum TextLines {
  /// The texts of all lines; blank ones are passed over.
  ///
  /// - Throws: `json.invalid`, with the line.
  static func texts(of bytes: [UInt8], name: String) throws(FlowError) -> [String] {
    var texts: [String] = []
    for (number, line) in JSONLines(bytes) { texts.append(try text(of: line, at: "\(name) line \(number)")) }
    return texts
  }

  /// The text of a line.
  ///
  /// - Throws: `json.invalid`, naming the place.
  static func text(of line: ArraySlice<UInt8>, at place: String) throws(FlowError) -> String {
    try text(in: try value(of: line, at: place), at: place)
  }

  /// A line as JSON.
  ///
  /// - Throws: `json.invalid`, naming the place.
  static func value(of line: ArraySlice<UInt8>, at place: String) throws(FlowError) -> JSONValue {
    do {
      // Transcripts hold halves of surrogate pairs where someone cut a text; they are read as U+FFFD.
      return try JSONValue(parsing: line, limits: JSONLimits(replacesLoneSurrogates: true))
    } catch {
      throw FlowError(.invalidJSON, "\(place): \(error)", hint: TextLines.hint)
    }
  }

  /// The text of a line's object.
  ///
  /// - Throws: `json.invalid`, naming the place.
  static func text(in value: JSONValue, at place: String) throws(FlowError) -> String {
    // A step is a text too.
    guard let text = (value["text"] ?? value["content"])?.string else {
      throw FlowError(
        .invalidJSON,
        "\(place): text is \(value["text"]?.kind ?? "missing"), expected a string",
        hint: TextLines.hint
      )
    }
    return text
  }

  private static let hint = "each line must be one JSON object with a text"
}
