import FlowCore
import FlowProjects

/// The words of a command line that is being typed.
struct CompletionLine {
  private let words: [String]

  /// - Parameter index: the word at the cursor, which is not known yet.
  init(_ words: [String], completing index: Int) {
    var words = words.map(CompletionLine.unquoted)
    if words.indices.contains(index) { words[index] = "" }
    self.words = words
  }

  /// The root, the configuration and the project that the line names, or else the environment does.
  func session() async throws(FlowError) -> Session {
    try await Session.start(
      Session.Options(
        project: value(of: "--project"),
        root: value(of: "--root").map(withHome),
        config: value(of: "--config").map(withHome),
        environment: ProcessEnvironment.variables,
        currentFolder: ProcessEnvironment.currentFolder
      )
    )
  }

  /// The value of an option: `--root DIR`, `--root=DIR`, or the same in three words, as bash cuts it.
  func value(of option: String) -> String? {
    for (index, word) in words.enumerated() {
      if word.hasPrefix("\(option)=") { return nonEmpty(String(word.dropFirst(option.count + 1))) }
      guard word == option else { continue }
      let rest = words.dropFirst(index + 1)
      return nonEmpty(rest.first == "=" ? rest.dropFirst().first : rest.first)
    }
    return nil
  }

  private func nonEmpty(_ text: String?) -> String? { text?.isEmpty == false ? text : nil }

  /// A path whose tilde the shell has not replaced yet.
  private func withHome(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = ProcessEnvironment.variables["HOME"] else { return path }
    return home + path.dropFirst()
  }

  /// A word without the quotation marks and backslashes that a shell would take away.
  private static func unquoted(_ word: String) -> String {
    var result = ""
    var quote: Character?
    var isEscaped = false
    for character in word {
      if isEscaped {
        result.append(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
      } else {
        result.append(character)
      }
    }
    return result
  }
}
