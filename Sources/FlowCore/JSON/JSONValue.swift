/// A JSON value that keeps all a document says: numbers as written, keys in their order, strings
/// scalar by scalar (RFC 8259).
///
/// Two values are equal if and only if their compact serialisations are the same bytes. So `1.0`
/// and `1` differ, `{"a":1,"b":2}` and `{"b":2,"a":1}` differ, and so do a composed and a
/// decomposed "é". Compare through the accessors (`int`, `double`) where only the meaning counts.
public enum JSONValue: Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number, as written.
  case number(JSONNumber)
  /// A string, without its quotes and escapes.
  case string(String)
  /// An array.
  case array([JSONValue])
  /// An object, in the order of its keys.
  case object(JSONObject)
}

extension JSONValue {
  /// Whether the value is `null`.
  public var isNull: Bool {
    if case .null = self { true } else { false }
  }

  /// The Boolean, or nil if the value is something else.
  public var bool: Bool? {
    if case .bool(let bool) = self { bool } else { nil }
  }

  /// The number as written, or nil if the value is something else.
  public var number: JSONNumber? {
    if case .number(let number) = self { number } else { nil }
  }

  /// The number as an exact integer, or nil if it is not one or does not fit.
  public var int: Int? { number?.int }

  /// The number as the nearest `Double`, or nil if the value is no number or too large.
  public var double: Double? { number?.double }

  /// The string, or nil if the value is something else.
  public var string: String? {
    if case .string(let string) = self { string } else { nil }
  }

  /// The elements, or nil if the value is no array.
  public var array: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The members, or nil if the value is no object.
  public var object: JSONObject? {
    if case .object(let object) = self { object } else { nil }
  }

  /// The kind of value in JSON's own words: `null`, `boolean`, `number`, `string`, `array` or `object`.
  public var kind: String {
    switch self {
    case .null: "null"
    case .bool: "boolean"
    case .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }

  /// The member of that name, or nil if there is none or the value is no object.
  public subscript(key: String) -> JSONValue? { object?[key] }

  /// The element at that position, or nil if it is out of range or the value is no array.
  public subscript(index: Int) -> JSONValue? {
    guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
    return elements[index]
  }
}
