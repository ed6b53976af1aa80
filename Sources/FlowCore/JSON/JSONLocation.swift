/// A place in a document.
public struct JSONLocation: Sendable, Hashable, CustomStringConvertible {
  /// The line, from 1; lines end with a line feed.
  public let line: Int

  /// The column, from 1, in Unicode scalars; a byte order mark takes none.
  public let column: Int

  /// The distance from the start of the document in bytes, byte order mark included.
  public let offset: Int

  /// A place whose numbers are known.
  public init(line: Int, column: Int, offset: Int) {
    self.line = line
    self.column = column
    self.offset = offset
  }

  /// Counts lines and columns up to an offset, which may be the end of the document.
  init(offset: Int, in bytes: UnsafeRawBufferPointer) {
    var line = 1
    var column = 1
    for position in bytes.byteOrderMarkEnd..<max(offset, bytes.byteOrderMarkEnd) {
      let byte = bytes[position]
      if byte == 0x0A {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    self.init(line: line, column: column, offset: offset)
  }

  /// `line 3, column 14`.
  public var description: String { "line \(line), column \(column)" }
}

extension UnsafeRawBufferPointer {
  /// Where the document begins: 3 if it opens with a UTF-8 byte order mark, which RFC 8259
  /// section 8.1 lets a parser ignore, else 0.
  var byteOrderMarkEnd: Int {
    starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }
}
