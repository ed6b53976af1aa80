import CTokenTables

/// The classes of characters that the pre-tokenizers tell apart, by Unicode 16.0.
///
/// 16.0 is the version that the published tokenizers' regex engine knows. The standard library's
/// properties are those of whichever Unicode the toolchain has, so they would not do.
struct CharacterClass: OptionSet {
  let rawValue: UInt8

  /// Lu and Lt.
  static let upper = CharacterClass(rawValue: 1)
  /// Ll.
  static let lower = CharacterClass(rawValue: 2)
  /// Lm and Lo: letters without case.
  static let otherLetter = CharacterClass(rawValue: 4)
  /// Mn, Mc and Me.
  static let mark = CharacterClass(rawValue: 8)
  /// Nd, Nl and No.
  static let number = CharacterClass(rawValue: 16)
  /// White_Space, which is what a regex calls \s.
  static let space = CharacterClass(rawValue: 32)
  /// Carriage return and line feed; both are `space` as well.
  static let newline = CharacterClass(rawValue: 64)

  // Unions as numbers: a union written as an array is an array, and an allocation, wherever the optimizer
  // does not see through it; here that would be for every other character.
  static let letter = CharacterClass(rawValue: 1 | 2 | 4)
  /// What may stand before the first lower-case letter of a word.
  static let upperOrUncased = CharacterClass(rawValue: 1 | 4 | 8)
  /// What may stand behind it.
  static let lowerOrUncased = CharacterClass(rawValue: 2 | 4 | 8)
  /// What is not punctuation in the widest sense.
  static let spaceLetterOrNumber = CharacterClass(rawValue: 1 | 2 | 4 | 16 | 32)

  @inline(__always)
  func meets(_ other: CharacterClass) -> Bool { rawValue & other.rawValue != 0 }
}

/// The embedded table of classes.
///
/// Layout (made by Scripts/make_unicode_classes.py, all little-endian): u16 x 8704, the number of the
/// block of every 128 code points, then the blocks, a byte of flags for each of their code points.
struct CharacterClassTable {
  private let blockNumbers: UnsafePointer<UInt16>
  private let blocks: UnsafePointer<UInt8>

  init() {
    let base = flow_unicode_classes()
    blockNumbers = base.assumingMemoryBound(to: UInt16.self)
    blocks = (base + 2 * 8704).assumingMemoryBound(to: UInt8.self)
  }

  /// The class of a character below 128: ASCII is the first block.
  @inline(__always)
  func ascii(_ byte: UInt8) -> CharacterClass { CharacterClass(rawValue: blocks[Int(byte)]) }

  /// The class of any code point up to U+10FFFF.
  @inline(__always)
  subscript(code: UInt32) -> CharacterClass {
    let block = Int(blockNumbers[Int(code &>> 7)])
    return CharacterClass(rawValue: blocks[block &<< 7 | Int(code & 127)])
  }
}
