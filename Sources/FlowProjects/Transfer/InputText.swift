public import FlowCore
import FlowStore

/// What a user hands over by name: a file, a pipe, or standard input.
public enum InputText {
  /// All bytes of a file or a pipe; nil stands for standard input.
  ///
  /// - Throws: `file.not_found`, `storage.read_failed`.
  public static func bytes(of path: String?) async throws(FlowError) -> [UInt8] {
    try await BlockingQueue("flow.input").run { () throws(FlowError) in try UserInput.read(path) }
  }

  /// The same as text.
  ///
  /// - Throws: `argument.invalid` where it is not UTF-8, besides what `bytes` throws.
  public static func text(of path: String?) async throws(FlowError) -> String {
    let bytes = try await bytes(of: path)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw FlowError(
        .invalidArgument,
        "\(path ?? "standard input") is not UTF-8",
        hint: "convert it first, for instance with iconv"
      )
    }
    return text
  }
}
