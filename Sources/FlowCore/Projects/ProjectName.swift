/// The name of a project, which is also the name of its folder.
///
/// Any script is welcome. What could leave the root, hide the folder or break a line is refused:
/// separators, `.` and `..`, a leading dot, control characters, white space at the ends, over 100 bytes.
public struct ProjectName: Sendable, Hashable, CustomStringConvertible {
  /// The most bytes of UTF-8 that a name may have; with a suffix it still fits a folder's 255.
  public static let maximumBytes = 100

  public let rawValue: String
  public var description: String { rawValue }

  /// Checks a name.
  ///
  /// - Throws: `FlowError` with `project.name_invalid`, saying which rule was broken.
  public init(_ name: String) throws(FlowError) {
    if let reason = ProjectName.fault(in: name) {
      throw FlowError(
        .invalidProjectName,
        "the project name \(name.quotedExcerpt) \(reason)",
        hint: "use letters, digits, spaces, '-', '_' or '.' in any script, at most 100 bytes"
      )
    }
    rawValue = name
  }

  private static func fault(in name: String) -> String? {
    if name.isEmpty { return "is empty" }
    if name.utf8.count > maximumBytes { return "has \(name.utf8.count) bytes, more than \(maximumBytes)" }
    if name.utf8.first == UInt8(ascii: ".") { return "begins with a dot" }
    for scalar in name.unicodeScalars {
      switch scalar {
      case "/", "\\": return "holds a path separator"
      case "\0": return "holds a NUL character"
      // What was no UTF-8 on a command line arrives as this; two such names could not be told apart.
      case "\u{FFFD}": return "holds a character that could not be read"
      default: break
      }
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: return "holds a control character"
      case .format where scalar.properties.isBidiControl: return "holds a bidirectional control character"
      default: break
      }
    }
    let ends = [name.unicodeScalars.first, name.unicodeScalars.last]
    if ends.contains(where: { $0?.properties.isWhitespace == true }) {
      return "begins or ends with white space"
    }
    return nil
  }
}
