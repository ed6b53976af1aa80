// English verbs, nouns and adjectives whose forms no stemmer finds: `went`, `children`, `better`.
//
// Looked up for every ASCII word of every text, so a miss must cost next to nothing: an open-addressing
// table of packed slots, one load for most words. The forms and the lemmas stay in the program's text; a
// slot holds 32 bits of the form's hash and the places of both in the text.
//
// A form that is also a word of its own is listed only where the form is by far its commoner reading in
// conversation: found, saw, felt, fell, spoke, broke, thought, lit, led, met, sat, won, stole and fed are.
// Left, lay, wound, ground, bore, born, rose, bound, bit, shot, dove, rung, rent, resent, bespoke, wrought
// and smitten are not, nor leaves, lives, bases, axes, ellipses, dice, data and media. Forms that end like
// regular ones, but not for the Snowball rules, are here too: goes, buses, panicked.

/// The lemmas of irregular English forms.
enum IrregularForms {
  /// The base form of an irregular form, which lives as long as the program; nil for any other word.
  static func lemma(of word: [UInt8]) -> UnsafeBufferPointer<UInt8>? {
    guard word.count >= 3, word.count <= longestForm else { return nil }
    let hash = hash(word)
    let fingerprint = fingerprint(hash)
    var slot = Int(truncatingIfNeeded: hash >> slotShift)
    let slots = slots
    while slots[slot] != 0 {
      if slots[slot] >> 32 == fingerprint, let lemma = lemma(at: slots[slot], of: word) { return lemma }
      slot = (slot + 1) & slotMask
    }
    return nil
  }

  private static func lemma(at slot: UInt64, of word: [UInt8]) -> UnsafeBufferPointer<UInt8>? {
    let form = self.word(at: Int(slot >> 16 & 0xFFFF))
    return form.elementsEqual(word) ? self.word(at: Int(slot & 0xFFFF)) : nil
  }

  // MARK: The table

  static let longestForm = 14
  private static let slotMask = 2047
  private static let slotShift: UInt64 = 53

  private static var text: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: forms.utf8Start, count: forms.utf8CodeUnitCount)
  }

  private static let slots: [UInt64] = {
    var slots = [UInt64](repeating: 0, count: slotMask + 1)
    var lemma = 0
    var start = 0
    while start < text.count {
      let form = word(at: start)
      let startsLine = start == 0 || text[start - 1] == 0x0A
      if startsLine {
        lemma = start
      } else {
        let hash = hash(form)
        var slot = Int(truncatingIfNeeded: hash >> slotShift)
        while slots[slot] != 0 { slot = (slot + 1) & slotMask }
        slots[slot] = fingerprint(hash) << 32 | UInt64(start) << 16 | UInt64(lemma)
      }
      start += form.count + 1
    }
    return slots
  }()

  private static func word(at start: Int) -> UnsafeBufferPointer<UInt8> {
    var end = start
    while end < text.count, text[end] > 0x20 { end += 1 }
    return UnsafeBufferPointer(rebasing: text[start..<end])
  }

  private static func hash(_ word: some Sequence<UInt8>) -> UInt64 {
    var key: UInt64 = 0
    for byte in word { key = (key << 8 | key >> 56) ^ UInt64(byte) }
    return key &* 0x9E37_79B9_7F4A_7C15
  }

  /// Bits of the hash that did not choose the slot.
  private static func fingerprint(_ hash: UInt64) -> UInt64 { hash >> 16 & 0xFFFF_FFFF }
}
