// The characters that may be taken for one token before any merging.
//
// Problem: a character of three bytes takes two merges, and text of such characters is mostly in long
// pieces that no table or cache knows.
//
// Design: call a character solid at a place if its bytes are merged into its token before any of them
// could be merged with a byte outside. That is certain if the character is a token and every token that
// joins part of it with something outside, as it is at that place, has a greater id: the merges inside
// the character have ids up to its own, one of them is possible until it is whole, and the lowest id is
// merged first. Merges of the whole character have greater ids than it has, so it changes nothing that
// it is whole from the beginning.
//
// What may stand outside differs: nothing (at the beginning of a piece), the last byte of another
// character, or an ASCII byte; behind the character there may always be anything that begins another.
//
// An entry, by code point: bits 0 to 17 the id; bit 29, 30 and 31 say that the character is solid at the
// beginning, behind another character of two bytes or more, and behind ASCII.
struct CharacterTable {
  private let entries: TableSection<UInt32>

  init(entries: TableSection<UInt32>) {
    self.entries = entries
  }

  /// The id of the character at a place of a piece if it is solid there, else `VocabularyTable.none`, and
  /// its size; of a character cut off by the end only what there is.
  @inline(__always)
  func solid(_ piece: UnsafePointer<UInt8>, at place: Int, length: Int) -> (id: UInt32, size: Int) {
    let lead = piece[place]
    if lead < 0x80 { return (VocabularyTable.none, 1) }
    let size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    if place &+ size > length { return (VocabularyTable.none, length &- place) }
    if size == 4 { return (VocabularyTable.none, 4) }
    let second = UInt32(piece[place &+ 1] & 0x3F)
    let code =
      size == 2
      ? UInt32(lead & 0x1F) &<< 6 | second
      : UInt32(lead & 0x0F) &<< 12 | second &<< 6 | UInt32(piece[place &+ 2] & 0x3F)
    if Int(code) >= entries.count { return (VocabularyTable.none, size) }
    let entry = entries[Int(code)]
    let context: UInt32 = place == 0 ? 1 &<< 29 : piece[place &- 1] >= 0x80 ? 1 &<< 30 : 1 &<< 31
    return (entry & context != 0 ? entry & VocabularyTable.none : VocabularyTable.none, size)
  }
}
