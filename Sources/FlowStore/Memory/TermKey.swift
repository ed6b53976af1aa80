/// A term as the key of a dictionary, compared byte by byte as the database does.
///
/// Swift's own equality of strings is canonical equivalence, which makes one of a composed and a decomposed
/// letter.
struct TermKey: Hashable {
  let text: String

  init(_ text: String) {
    self.text = text
  }

  static func == (left: TermKey, right: TermKey) -> Bool {
    left.text.utf8.count == right.text.utf8.count && left.text.utf8.elementsEqual(right.text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
