// One pass over the UTF-8 bytes that finds what the built-in rules mask.
//
// Most bytes decide nothing: words are run over, and a rule is asked only at a separator (`:` `=` `-` `>`) or
// where a word begins with two bytes that begin a known form (`SecretForms`). A rule at a separator looks back for
// a name that says secret, then ahead for its value.
//
// Invariants:
// - Linear: looking back is bounded (`SecretName.longest`), and looking ahead too until a rule has decided to mask;
//   then the pass goes on behind the mask.
// - Masking twice changes nothing. A rule looks back as far as `floor`, the end of the last mask, whether it was made
//   in this pass or stands in the text as a mark: both look the same. A rule that meets a mark ahead finds nothing.
//   So a rule that found nothing in the text before masking sees the same bytes in the masked text, or a mark, and
//   finds nothing again. Masks of patterns are made after this pass and are floors only when it runs again:
//   touching one of them, a rule finds nothing either (`isHardFloor`). No mask ends with white space.
// - What a rule refuses is still open to the rules that begin later in the same bytes.

/// The state of one pass.
struct SecretPass {
  let bytes: UnsafeBufferPointer<UInt8>
  let traits = SecretBytes.table
  let starts = SecretForms.starts
  private(set) var masks: [Mask] = []
  /// Behind the last mask or mark: rules do not look back beyond it.
  private(set) var floor = 0
  /// The mark before `floor` is one of a pattern's.
  private(set) var isHardFloor = false
  /// The line names a tool whose option `-u` takes a password.
  var namesWebClient = false
  /// No `-----END` begins between where it was last looked for and this place.
  var nextPEMEnd = -1

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func read() {
    var index = 0
    let count = bytes.count
    while index < count {
      let trait = traits[Int(bytes[index])]
      if trait & SecretBytes.word != 0 {
        if index > 0, isEscape(before: index + 1) { index += 1 }
        if index + 1 < count, starts.contains(bytes[index], bytes[index + 1]), isFree(index),
          let end = readForm(at: index)
        {
          index = end
          continue
        }
        while index < count, traits[Int(bytes[index])] & SecretBytes.word != 0 { index += 1 }
      } else if trait & SecretBytes.trigger != 0 {
        index = readTrigger(at: index)
      } else {
        index += 1
      }
    }
  }

  /// No mark ends right before the place, and it is not within a word: where the pass goes on behind a mask it may
  /// be.
  private func isFree(_ index: Int) -> Bool {
    (index > floor || floor == 0)
      && (index == 0 || traits[Int(bytes[index - 1])] & SecretBytes.word == 0 || isEscape(before: index))
  }

  /// Whether the byte before is the letter of `\n`, `\r` or `\t` in a JSON text.
  func isEscape(before index: Int) -> Bool {
    guard index >= 2, bytes[index - 2] == UInt8(ascii: "\\") else { return false }
    switch bytes[index - 1] {
    case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"): return true
    default: return false
    }
  }

  /// Masks a range and returns its end, where the pass goes on.
  mutating func mask(_ kind: MaskKind, _ start: Int, _ end: Int) -> Int {
    masks.append(Mask(kind: kind, range: start..<end))
    floor = end
    isHardFloor = false
    return end
  }

  private mutating func readTrigger(at index: Int) -> Int {
    switch bytes[index] {
    case UInt8(ascii: "["):
      guard let end = bytes.endOfMark(at: index) else { return index + 1 }
      isHardFloor = bytes.has("pattern]", at: end - 8)
      floor = end
      return end
    case 0x0A:
      if namesWebClient, index == floor || bytes[index - 1] != UInt8(ascii: "\\") { namesWebClient = false }
      return index + 1
    case UInt8(ascii: ":"):
      if bytes.has("://", at: index) { return readURL(at: index) ?? index + 3 }
      return readTelegram(at: index) ?? readPasswordFile(at: index) ?? readAssignment(at: index) ?? index + 1
    case UInt8(ascii: "="): return readAssignment(at: index) ?? index + 1
    case UInt8(ascii: ">"): return readElement(at: index) ?? index + 1
    case UInt8(ascii: "-"): return readDash(at: index)
    default:
      guard bytes.has("：", at: index) || bytes.has("＝", at: index) else { return index + 1 }
      return readAssignment(at: index, length: 3) ?? index + 3
    }
  }

  /// A PEM block, or an option whose value is a secret.
  private mutating func readDash(at index: Int) -> Int {
    if bytes.byte(at: index + 1) == UInt8(ascii: "-") {
      if bytes.has("-----BEGIN ", at: index) { return readPrivateKey(at: index) ?? index + 11 }
      var end = index + 1
      while end < bytes.count, bytes[end] == UInt8(ascii: "-") { end += 1 }
      if end > index + 2 { return bytes.has("BEGIN ", at: end) ? max(index + 1, end - 5) : end }
    }
    return readOption(at: index) ?? index + 1
  }
}
