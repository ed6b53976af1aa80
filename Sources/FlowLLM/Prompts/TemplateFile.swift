package import FlowCore
import Mustache

/// A template that people may edit: a head between two lines of `---` that says its id, version and variables, and a
/// body in Mustache (https://mustache.github.io/mustache.5.html), rendered as plain text.
package struct TemplateFile: Sendable {
  package let id: String
  package let version: String
  /// The body in its parts, as a line that stands alone parts them.
  private let parts: [MustacheTemplate]

  /// Reads a template.
  ///
  /// - Parameters:
  ///   - file: as errors name it.
  ///   - separator: the line that parts the body; nil for a body of one part.
  ///   - parts: how many parts the body must have.
  /// - Throws: `config.invalid`, naming the file and the line.
  package init(_ text: String, file: String, separator: String? = nil, parts wanted: Int = 1)
    throws(FlowError)
  {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    guard lines.first == "---", let end = lines.dropFirst().firstIndex(of: "---") else {
      throw TemplateFile.fault(
        file,
        1,
        "the template has no head",
        hint: "begin it with ---, lines for id, version and variables, and --- again"
      )
    }
    var head: [String: String] = [:]
    for key in ["id", "version", "variables"] {
      guard let line = lines[1..<end].first(where: { $0.hasPrefix("\(key):") }) else {
        throw TemplateFile.fault(file, 2, "the template's head has no \(key)", hint: "add a line '\(key): …'")
      }
      head[key] = line.dropFirst(key.utf8.count + 1).split(separator: " ").joined(separator: " ")
    }
    id = head["id"] ?? ""
    version = head["version"] ?? ""
    guard !id.isEmpty, !version.isEmpty, id.utf8.count + version.utf8.count <= 80 else {
      throw TemplateFile.fault(
        file,
        2,
        "the template's id or version is empty, or too long",
        hint: "give both, in 80 bytes at most"
      )
    }
    let body = lines[(end + 1)...]
    let pieces =
      separator.map { mark in body.split(omittingEmptySubsequences: false) { $0 == mark } } ?? [body]
    guard pieces.count == wanted else {
      throw TemplateFile.fault(
        file,
        end + 2,
        "the template has \(pieces.count) parts, not \(wanted)",
        hint: "part its body by one line \(separator ?? "")"
      )
    }
    var parts: [MustacheTemplate] = []
    for piece in pieces {
      do {
        parts.append(
          try MustacheTemplate(string: "{{%CONTENT_TYPE:TEXT}}" + piece.joined(separator: "\n"))
        )
      } catch {
        // The library gives line numbers within what it was given; the head and other parts stand above it.
        let line = (error as? MustacheTemplate.ParserError).map { $0.context.lineNumber + piece.startIndex }
        throw TemplateFile.fault(
          file,
          line,
          "the template cannot be read",
          hint: "close every {{…}}, or remove the file to use the built-in one"
        )
      }
    }
    self.parts = parts
  }

  /// A part, rendered with these values; names without a value render as nothing.
  package func render(_ values: [String: String], part: Int = 0) -> String {
    parts[part].render(values)
  }

  /// An error about a template.
  package static func fault(_ file: String, _ line: Int?, _ problem: String, hint: String) -> FlowError {
    var context = ["file": file]
    context["line"] = line.map(String.init)
    return FlowError(
      .invalidConfiguration,
      "\(file)\(line.map { " line \($0)" } ?? ""): \(problem)",
      hint: hint,
      context: context
    )
  }
}
