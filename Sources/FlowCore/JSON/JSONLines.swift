/// The lines of a JSON Lines document (https://jsonlines.org), blank ones passed over.
public struct JSONLines: Sequence, IteratorProtocol {
  /// A line without its end, counted from 1 with the blank ones.
  public typealias Element = (number: Int, bytes: ArraySlice<UInt8>)

  private let bytes: [UInt8]
  /// How many bytes of the document are read.
  public private(set) var offset = 0
  private var number = 0

  /// The lines of these bytes.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The next line that is not blank.
  public mutating func next() -> Element? {
    while offset < bytes.count {
      let end = bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count
      let line = bytes[offset..<end]
      number += 1
      offset = Swift.min(end + 1, bytes.count)
      if !JSONLines.isBlank(line) { return (number, line) }
    }
    return nil
  }

  /// Whether a line holds nothing but white space.
  static func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
    line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
  }
}
