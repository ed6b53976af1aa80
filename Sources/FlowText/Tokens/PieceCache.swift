// Remembers how many tokens recent pieces have.
//
// Problem: half of the pieces that have to be merged were merged a few pages before, and most others are
// found in tables of several megabytes, which do not stay near the processor. Some long pieces, such as
// the lines of drawn tables, are found again and again, and merging one takes as long as 100 words do.
//
// Design: two tables without chains, in which a piece replaces the one that stood in its place.
// - Short pieces: 2^14 entries of 16 bytes: up to 15 bytes, padded with zeros, and the number of tokens.
//   An entry of zeros is free; no piece is all zeros, as pieces that end in zero are not remembered.
// - Long pieces: 896 entries of 256 bytes: the length (0 is a free entry), the number of tokens, and up
//   to 254 bytes. Only the parts of an entry that its piece needs are ever touched.
// A piece is compared byte for byte, so a cached count is as exact as the one it was.
struct PieceCache {
  /// The bytes that a cache takes.
  static let size = shortCount * MemoryLayout<Entry>.stride + longCount * longEntry

  private static let shortBits: UInt64 = 14
  private static let shortCount = 1 << Int(shortBits)
  private static let longCount = 896
  private static let longEntry = 256
  private typealias Entry = (UInt64, UInt64)

  private let short: UnsafeMutablePointer<Entry>
  private let long: UnsafeMutableRawPointer

  init() {
    short = .allocate(capacity: Self.shortCount)
    short.initialize(repeating: (0, 0), count: Self.shortCount)
    long = .allocate(byteCount: Self.longCount * Self.longEntry, alignment: 64)
    long.initializeMemory(as: UInt8.self, repeating: 0, count: Self.longCount * Self.longEntry)
  }

  // MARK: Pieces of 1 to 15 bytes

  /// The longest short piece.
  static let longestShort = 15

  @inline(__always)
  private static func place(_ key: PieceKey) -> Int {
    let mixed = (key.first ^ (key.second &* 0xD6E8_FEB8_6659_FD93)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed &>> (64 &- shortBits))
  }

  /// The number of tokens of a short piece, or 0 if it is not known.
  @inline(__always)
  func tokens(_ key: PieceKey) -> Int {
    let entry = short[Self.place(key)]
    let differs = (entry.0 ^ key.first) | ((entry.1 ^ key.second) & 0xFF_FFFF_FFFF_FFFF)
    return differs == 0 ? Int(truncatingIfNeeded: entry.1 &>> 56) : 0
  }

  /// Remembers the number of tokens of a short piece that does not end in zero.
  @inline(__always)
  func remember(_ key: PieceKey, tokens: Int) {
    short[Self.place(key)] = (key.first, key.second | UInt64(truncatingIfNeeded: tokens) &<< 56)
  }

  // MARK: Pieces of 16 to 254 bytes

  static let longLengths = 16...254

  /// Calls `body` with the places of eight bytes each that together are all of a piece.
  @inline(__always)
  private static func forEachWord(of length: Int, _ body: (Int) -> Bool) -> Bool {
    var at = 0
    while true {
      if !body(at) { return false }
      if at &+ 8 == length { return true }
      // The last word overlaps the one before it.
      at = min(at &+ 8, length &- 8)
    }
  }

  private func entry(_ piece: UnsafePointer<UInt8>, _ length: Int) -> UnsafeMutableRawPointer {
    var hash = UInt64(truncatingIfNeeded: length)
    _ = Self.forEachWord(of: length) { at in
      let word = UnsafeRawPointer(piece).loadUnaligned(fromByteOffset: at, as: UInt64.self)
      hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash &>> 32
      return true
    }
    let place = ((hash & 0xFFFF_FFFF) &* UInt64(truncatingIfNeeded: Self.longCount)) &>> 32
    return long + Int(truncatingIfNeeded: place) &* Self.longEntry
  }

  /// The number of tokens of a long piece, or 0 if it is not known.
  func tokens(_ piece: UnsafePointer<UInt8>, length: Int) -> Int {
    let entry = UnsafeRawPointer(entry(piece, length))
    if Int(entry.load(as: UInt8.self)) != length { return 0 }
    let isEqual = Self.forEachWord(of: length) { at in
      UnsafeRawPointer(piece).loadUnaligned(fromByteOffset: at, as: UInt64.self)
        == entry.loadUnaligned(fromByteOffset: at &+ 2, as: UInt64.self)
    }
    return isEqual ? Int(entry.load(fromByteOffset: 1, as: UInt8.self)) : 0
  }

  /// Remembers the number of tokens of a long piece.
  func remember(_ piece: UnsafePointer<UInt8>, length: Int, tokens: Int) {
    let entry = entry(piece, length)
    entry.storeBytes(of: UInt8(truncatingIfNeeded: length), as: UInt8.self)
    entry.storeBytes(of: UInt8(truncatingIfNeeded: tokens), toByteOffset: 1, as: UInt8.self)
    (entry + 2).copyMemory(from: piece, byteCount: length)
  }
}

// The memory that a cache points to has one user at a time: it is the pool's while it is free, and a
// count's from `take` to `giveBack`; both are under the pool's lock.
extension PieceCache: @unchecked Sendable {}
