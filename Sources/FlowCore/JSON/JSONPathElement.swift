/// One step from a value to a part of it.
public enum JSONPathElement: Sendable, Hashable {
  /// The member of an object.
  case key(String)
  /// The element of an array, from 0.
  case index(Int)
}

extension JSONPathElement: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  /// A key.
  public init(stringLiteral value: String) { self = .key(value) }

  /// An index.
  public init(integerLiteral value: Int) { self = .index(value) }
}

extension [JSONPathElement] {
  /// The path as people write it: `tasks[2].status`; a key that is not a plain word stands in
  /// brackets and quotes, as JSON writes it; the empty path is `document`.
  public var jsonPath: String {
    var text = ""
    for element in self {
      switch element {
      case .index(let index):
        text += "[\(index)]"
      case .key(let key) where Self.isWord(key):
        text += text.isEmpty ? key : ".\(key)"
      case .key(let key):
        text += "[\(JSONValue.string(key).serialized())]"
      }
    }
    return text.isEmpty ? "document" : text
  }

  private static func isWord(_ key: String) -> Bool {
    !key.isEmpty
      && key.unicodeScalars.allSatisfy {
        $0 == "_" || $0 == "-" || $0.properties.isAlphabetic || ("0"..."9").contains($0)
      }
  }
}

extension JSONValue {
  /// The part at the end of a path, or nil if there is none.
  public subscript(path path: [JSONPathElement]) -> JSONValue? {
    var value = self
    for element in path {
      let part =
        switch element {
        case .key(let key): value[key]
        case .index(let index): value[index]
        }
      guard let part else { return nil }
      value = part
    }
    return value
  }
}
