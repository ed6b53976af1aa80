/// The id of a task within its project, such as `T001`.
public struct TaskID: Sendable, Hashable, Comparable, CustomStringConvertible {
  public let rawValue: String
  public var description: String { rawValue }

  /// Checks an id: 1 to 64 bytes, without white space, commas or control characters.
  ///
  /// - Throws: `FlowError` with `task.invalid`.
  public init(_ id: String) throws(FlowError) {
    let isPlainASCII = id.utf8.allSatisfy { (0x21..<0x7F).contains($0) && $0 != UInt8(ascii: ",") }
    let isPlain =
      isPlainASCII
      || id.unicodeScalars.allSatisfy { scalar in
        !scalar.isUnsafeToPrint && !scalar.properties.isWhitespace && scalar != ","
      }
    guard !id.isEmpty, id.utf8.count <= 64, isPlain else {
      throw FlowError(
        .invalidTask,
        "the task id \(id.quotedExcerpt) cannot be used",
        hint: "use 1 to 64 bytes without white space or commas, such as T001"
      )
    }
    rawValue = id
  }

  /// `T007` for 7, as ids are counted up.
  public init(number: Int) {
    let digits = String(number)
    rawValue = "T" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
  }

  /// The highest number that is counted on from: fifteen digits, so that there is always a next one.
  package static let highestNumber = 999_999_999_999_999

  /// 7 for `T007`; nil for an id of another form, and above `highestNumber`.
  public var number: Int? {
    let digits = rawValue.utf8.dropFirst()
    guard rawValue.utf8.first == UInt8(ascii: "T"), (1...15).contains(digits.count),
      digits.allSatisfy({ (48...57).contains($0) })
    else { return nil }
    return Int(Substring(digits))
  }

  public static func < (left: TaskID, right: TaskID) -> Bool {
    left.rawValue < right.rawValue
  }
}
