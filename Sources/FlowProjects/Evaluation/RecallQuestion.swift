public import FlowCore

/// A question about what a project archived, with the steps that answer it.
public struct RecallQuestion: Sendable, Hashable {
  public let text: String
  /// The steps that must be in a prompt for it to be answerable; at least one, each once.
  public let evidence: [StepID]
  /// The kind of question, where the file says one.
  public let category: String?
  /// The line it stood on.
  public let line: Int

  public init(text: String, evidence: [StepID], category: String? = nil, line: Int = 0) {
    self.text = text
    self.evidence = evidence
    self.category = category
    self.line = line
  }
}

/// Reads questions from JSON Lines: `{"q":"When did …?","evidence":["D1:3"],"category":2}`.
struct QuestionLines {
  /// What messages call the source.
  let source: String

  /// A question whose evidence is not looked up yet.
  struct Line: Sendable {
    let number: Int
    let text: String
    let references: [String]
    let category: String?
  }

  /// All questions; blank lines are passed over.
  ///
  /// - Throws: `json.invalid`, naming the source and the line.
  func questions(in bytes: [UInt8]) throws(FlowError) -> [Line] {
    var lines: [Line] = []
    for (number, line) in JSONLines(bytes) {
      let value: JSONValue
      do { value = try JSONValue(parsing: line) } catch { throw fault(number, "\(error)") }
      lines.append(try question(value, number: number))
    }
    guard !lines.isEmpty else {
      throw FlowError(
        .invalidJSON,
        "\(source) holds no question",
        hint: "write a JSON object a line, with q and evidence"
      )
    }
    return lines
  }

  private func question(_ value: JSONValue, number: Int) throws(FlowError) -> Line {
    guard let object = value.object else {
      throw fault(number, "a question is an object, not a \(value.kind)")
    }
    guard let text = object["q"]?.string, !text.allSatisfy(\.isWhitespace) else {
      throw fault(number, "q is \(object["q"].map { $0.string == nil ? $0.kind : "empty" } ?? "missing")")
    }
    guard let evidence = object["evidence"]?.array, !evidence.isEmpty else {
      let found = object["evidence"].map { $0.array == nil ? $0.kind : "empty" } ?? "missing"
      throw fault(number, "evidence is \(found), expected the refs or ids of steps")
    }
    let references = evidence.compactMap(\.string)
    guard references.count == evidence.count else {
      throw fault(number, "evidence must be strings: refs, or ids such as \"s42\"")
    }
    return Line(number: number, text: text, references: references, category: try category(object, number))
  }

  private func category(_ object: JSONObject, _ number: Int) throws(FlowError) -> String? {
    switch object["category"] {
    case nil, .null: return nil
    case .string(let name): return name
    case .number(let name): return name.text
    case .some(let other): throw fault(number, "category is a \(other.kind), expected a string or a number")
    }
  }

  private func fault(_ number: Int, _ problem: String) -> FlowError {
    FlowError(
      .invalidJSON,
      "\(source) line \(number): \(problem)",
      hint: "each line must be one question; see docs/evaluation.md. Nothing was asked"
    )
  }
}
