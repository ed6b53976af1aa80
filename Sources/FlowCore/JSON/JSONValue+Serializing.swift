extension JSONValue: CustomStringConvertible {
  /// The value as JSON text (RFC 8259) that parses to an equal value in every style.
  ///
  /// Numbers stand as they were written. In strings only `"`, `\`, and what cannot be seen is escaped:
  /// U+0000 to U+001F, U+007F to U+009F.
  public func serialized(_ style: JSONStyle = .compact) -> String {
    var bytes: [UInt8] = []
    write(to: &bytes, style: style)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the value as JSON text in UTF-8, as `serialized(_:)` gives it.
  public func write(to bytes: inout [UInt8], style: JSONStyle = .compact) {
    var writer = JSONWriter(appendingTo: bytes, style: style)
    // Otherwise the writer's first append would copy what is there.
    bytes = []
    writer.write(self)
    bytes = writer.bytes
  }

  /// Appends the value as it stands as an element within `depth` arrays and objects of a document, whose
  /// indentation is there already.
  ///
  /// - Parameter isLast: whether no comma will stand behind it.
  package func writeElement(to bytes: inout [UInt8], style: JSONStyle, depth: Int, isLast: Bool) {
    var writer = JSONWriter(appendingTo: bytes, style: style, depth: depth)
    bytes = []
    writer.write(self, isLast: isLast)
    bytes = writer.bytes
  }

  /// The compact form.
  public var description: String { serialized() }
}
