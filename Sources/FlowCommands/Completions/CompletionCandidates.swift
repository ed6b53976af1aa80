import ArgumentParser
import FlowCore
import FlowProjects
import FlowText

// What the shells offer when someone presses the tabulator key. The script that `flowctl completions` prints calls
// `flowctl ---completion …` with the words of the line, and that calls the closures here: in the root and the project
// that the line names, in one process, without a word when something is amiss.
//
// Candidates come from files that others may have written, and the scripts hand them to their shell: bash's compgen -W
// expands what it is given, command substitutions too. So they are quoted for the shell that asks, and those with
// control characters are left out.

extension CompletionKind {
  /// The names of the root's projects.
  static var projects: CompletionKind {
    candidates { session in
      try await session.workspace.listProjects().map { Candidate($0.rawValue) }
    }
  }

  /// The ids of the project's tasks.
  static var tasks: CompletionKind {
    candidates { session in
      try await session.workspace.currentProjectAsFound().workflow().tasks.map { task in
        Candidate(task.id.rawValue, says: "\(task.status.rawValue): \(task.name)")
      }
    }
  }

  /// The keys of the project's results.
  static var results: CompletionKind {
    candidates { session in
      try await session.workspace.currentProjectAsFound().cacheKeys().map { Candidate($0) }
    }
  }

  /// The names of the roots of long-term memory.
  static var summaries: CompletionKind {
    candidates { session in
      try await session.workspace.currentProjectAsFound().rootsAsFound().map { summary in
        Candidate(summary.id.description, says: "by \(summary.by), \(summary.span.lowerBound)")
      }
    }
  }

  /// The names of the plan's backups.
  static var backups: CompletionKind {
    candidates { session in
      try await session.workspace.currentProjectAsFound().backups().map { backup in
        Candidate(backup.name, says: "revision \(backup.revision), \(backup.written)")
      }
    }
  }

  /// The names of the tokenizers.
  static var tokenizers: CompletionKind { .list(BytePairTokenizer.names) }

  private static func candidates(
    _ list: @escaping @Sendable (Session) async throws -> [Candidate]
  ) -> CompletionKind {
    .custom { (words: [String], index: Int, _: String) async -> [String] in
      let line = CompletionLine(words, completing: index)
      guard let session = try? await line.session(), let candidates = try? await list(session) else {
        return []
      }
      let shell = CompletionShell.requesting
      return candidates.compactMap { $0.text(for: shell) }
    }
  }
}

/// Something that may stand at the cursor.
struct Candidate {
  private let value: String
  private let note: String?

  init(_ value: String, says note: String? = nil) {
    self.value = value
    self.note = note?.excerpt(limit: 60)
  }

  /// What the shell's script takes for this candidate; nil for what could disturb a terminal or a script.
  func text(for shell: CompletionShell?) -> String? {
    guard !value.isEmpty, value.unicodeScalars.allSatisfy({ !$0.isUnsafeToPrint }) else { return nil }
    switch shell {
    case .bash?:
      return "'\(value.replacing("'", with: "'\\''"))'"
    case .zsh?:
      let escaped = value.replacing("\\", with: "\\\\").replacing(":", with: "\\:")
      return note.map { "\(escaped):\($0)" } ?? escaped
    case .fish?:
      return note.map { "\(value)\t\($0)" } ?? value
    default:
      return value
    }
  }
}
