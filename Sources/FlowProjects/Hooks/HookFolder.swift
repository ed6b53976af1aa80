import FlowCore
import FlowStore
import Glibc

/// A folder of hooks that is there, and the names in it.
///
/// Whose code runs is decided here and in `TrustedProjects`. A hook is a regular file that only its owner can write,
/// and the owner is this account or root; so is the folder. Anyone else who could write one of them could have
/// their code run by this account.
struct HookFolder: Sendable {
  enum Owner: Sendable {
    case root
    case project(ProjectName)
  }

  static let name = "hooks"

  let owner: Owner
  /// Without a symbolic link in it.
  let path: String
  let names: Set<String>

  /// The folder `hooks` in a root or a project, or nil where there is none.
  ///
  /// Reads the disk.
  init?(in parent: String, of owner: Owner) {
    var status = stat()
    guard lstat("\(parent)/\(HookFolder.name)", &status) == 0, let parent = Folder.realPath(parent) else {
      return nil
    }
    self.owner = owner
    path = "\(parent)/\(HookFolder.name)"
    names = Set(Folder.names(in: path))
  }

  /// How messages call a hook of it.
  func title(of name: String) -> String {
    switch owner {
    case .root: "the root's hook \(name.quotedExcerpt)"
    case .project(let project): "the hook \(name.quotedExcerpt) of project \(project.rawValue.quotedExcerpt)"
    }
  }

  /// Whether a name can be a hook's: kinds of events that later versions have are not known here.
  static func isHookName(_ name: String) -> Bool {
    if Hooks.Before(rawValue: name) != nil { return true }
    guard name.hasPrefix("after_"), name.utf8.count > 6 else { return false }
    return name.utf8.allSatisfy { (97...122).contains($0) || $0 == UInt8(ascii: "_") }
  }

  /// Why no hook of the folder runs, or nil if they may.
  ///
  /// Reads the disk.
  var fault: String? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return "it cannot be looked at: \(systemText(errno))" }
    guard status.st_mode & S_IFMT == S_IFDIR else { return "it is not a folder" }
    return HookFolder.ownershipFault(status)
  }

  /// Why a hook does not run, or nil if it may.
  ///
  /// Reads the disk.
  func fault(of name: String) -> String? {
    let file = "\(path)/\(name)"
    // A link within the folder may give one file two names; one that leads out of it would run what no one looked at.
    guard let target = Folder.realPath(file) else { return "it leads nowhere" }
    guard Folder.parent(of: target) == path else { return "it is a link to a file outside of the folder" }
    var status = stat()
    guard stat(target, &status) == 0 else { return "it cannot be looked at: \(systemText(errno))" }
    guard status.st_mode & S_IFMT == S_IFREG else { return "it is not a file" }
    if let fault = HookFolder.ownershipFault(status) { return fault }
    guard access(target, X_OK) == 0 else { return "it is not executable (chmod +x)" }
    return nil
  }

  /// Why a file's or folder's content may be somebody else's, or nil if it cannot.
  static func ownershipFault(_ status: stat) -> String? {
    guard status.st_uid == geteuid() || status.st_uid == 0 else { return "it belongs to another account" }
    guard status.st_mode & (S_IWGRP | S_IWOTH) == 0 else {
      return "others than its owner can write it (chmod go-w)"
    }
    return nil
  }
}
