import FlowCore
import FlowStore

extension HookFolder {
  /// Whether a folder's hooks may run.
  enum Trust: Sendable, Hashable {
    case trusted
    case untrusted
    /// They were trusted, and are not what they were then.
    case changed
    /// It cannot be told, as something cannot be read.
    case unknown(String)
  }

  /// Whether the folder's hooks are trusted: the root's are, a project's only after someone said so.
  ///
  /// Reads the disk.
  func trust(by trusted: TrustedProjects) -> Trust {
    guard case .project = owner else { return .trusted }
    do throws(FlowError) {
      guard let entry = try trusted.entry(of: Folder.parent(of: path)) else { return .untrusted }
      return try entry.digest == digest() ? .trusted : .changed
    } catch {
      return .unknown(error.message)
    }
  }

  /// Why one of its hooks does not run, as a whole sentence, or nil if it may.
  ///
  /// Reads the disk.
  func obstacle(to name: String, trusted: TrustedProjects) -> String? {
    if let fault { return "hooks in \(path.excerpt(limit: 4096)) do not run: \(fault)" }
    if let obstacle = obstacle(trust: trust(by: trusted)) { return obstacle }
    return fault(of: name).map { "\(title(of: name)) does not run: \($0)" }
  }

  /// Why none of its hooks run, as a whole sentence, or nil if they may.
  func obstacle(trust: Trust) -> String? {
    guard case .project(let project) = owner else { return nil }
    let subject = "the hooks of project \(project.rawValue.quotedExcerpt) do not run"
    // A name that a shell would take apart or an option is not put into a command to copy.
    let isPlain = project.rawValue.allSatisfy { $0.isLetter || $0.isNumber || "_.-".contains($0) }
    let command =
      isPlain && !project.rawValue.hasPrefix("-") ? "flowctl trust \(project)" : "flowctl trust NAME"
    return switch trust {
    case .trusted: nil
    case .untrusted: "\(subject): they are not trusted; look at them, then run `\(command)`"
    case .changed:
      "\(subject): they have changed since they were trusted; look at them, then run `\(command)`"
    case .unknown(let reason): "\(subject): \(reason)"
    }
  }
}
