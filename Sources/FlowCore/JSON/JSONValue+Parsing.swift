extension JSONValue {
  /// Reads a document in UTF-8: one value by the grammar of RFC 8259, with white space around it and
  /// a byte order mark before it, if there is one.
  ///
  /// Stricter than the grammar where it leaves a choice: a key may occur only once in its object,
  /// the bytes must be well-formed UTF-8, and escapes must not leave half a surrogate pair.
  ///
  /// - Throws: the first fault with its place.
  public init(parsing bytes: UnsafeRawBufferPointer, limits: JSONLimits = .standard) throws(JSONError) {
    var parser = JSONParser(bytes, limits: limits)
    self = try parser.parseDocument()
  }

  /// Reads a document in UTF-8, as `init(parsing:limits:)` of a buffer does.
  public init(parsing bytes: some Collection<UInt8>, limits: JSONLimits = .standard) throws(JSONError) {
    self = try withRawBytes(of: bytes) { buffer in
      Result { () throws(JSONError) in try JSONValue(parsing: buffer, limits: limits) }
    }.get()
  }

  /// Reads a document, as `init(parsing:limits:)` of a buffer does; offsets count UTF-8 bytes.
  public init(parsing text: String, limits: JSONLimits = .standard) throws(JSONError) {
    self = try withRawBytes(of: text.utf8) { buffer in
      Result { () throws(JSONError) in try JSONValue(parsing: buffer, limits: limits) }
    }.get()
  }
}

/// Calls a function with the bytes in one piece, copied if they are not stored so.
func withRawBytes<Output>(
  of bytes: some Collection<UInt8>,
  _ body: (UnsafeRawBufferPointer) -> Output
) -> Output {
  let output = bytes.withContiguousStorageIfAvailable { body(UnsafeRawBufferPointer($0)) }
  if let output { return output }
  return Array(bytes).withUnsafeBytes(body)
}
