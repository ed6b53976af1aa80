package import FlowCore

/// What a model is asked with: rules, a line `=== message ===`, and the message with the data in it.
package struct ModelPrompt: Sendable {
  private static let separator = "=== message ==="

  private let template: TemplateFile

  /// As summaries name it: `summarize/1`.
  package var name: String { "\(template.id)/\(template.version)" }

  /// Reads a prompt.
  ///
  /// - Parameter data: the variable without which a model would be asked about nothing.
  /// - Throws: `config.invalid`, naming the file and the line.
  package init(_ text: String, file: String, data: String) throws(FlowError) {
    template = try TemplateFile(text, file: file, separator: ModelPrompt.separator, parts: 2)
    let sample = "…sample of the data…"
    guard template.render([data: sample], part: 1).contains(sample) else {
      let line = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        .firstIndex { $0 == ModelPrompt.separator }
      throw TemplateFile.fault(
        file,
        line.map { $0 + 1 },
        "the message has no {{{\(data)}}}",
        hint: "put it where the data is to stand, or remove the file to use the built-in one"
      )
    }
  }

  /// The request with these values in place.
  package func request(_ values: [String: String], maxTokens: Int) -> ChatRequest {
    ChatRequest(
      system: template.render(values),
      message: template.render(values, part: 1),
      maxTokens: maxTokens
    )
  }
}

/// The prompts that Flow asks models with: which file people may edit, and the copy that serves without it.
package enum PromptFile: CaseIterable, Sendable {
  case summarize, summarizeText

  package var fileName: String {
    switch self {
    case .summarize: "summarize.md"
    case .summarizeText: "summarize-text.md"
    }
  }

  /// The variable that the data takes.
  var data: String {
    switch self {
    case .summarize: "steps"
    case .summarizeText: "text"
    }
  }

  /// Reads an edited copy.
  ///
  /// - Parameter text: nil for the built-in one.
  /// - Throws: `config.invalid`, naming the file and the line.
  package func prompt(_ text: String?, file: String) throws(FlowError) -> ModelPrompt {
    try ModelPrompt(text ?? builtIn, file: text == nil ? "built-in \(fileName)" : file, data: data)
  }
}
