import Synchronization

// Remembers how many tokens recent pieces have.
//
// Problem: half of the pieces that have to be merged were merged a few pages before, and most others are
// found in tables of several megabytes, which do not stay near the processor.
//
// Design: 2^14 entries of 16 bytes, each the last piece that fell on it: 15 bytes of the piece, padded
// with zeros, and its number of tokens. An entry of zeros is free; no piece is all zeros, as pieces
// that end in zero are never looked up. 256 KB stay in a processor's second cache.
//
// A cache is used by one count at a time: it is lent by a pool, which is the only place of a lock. A
// pool makes no cache before 16 KB of text have been counted, because touching 64 fresh pages would
// take longer than counting a line does, and never more than three, so that all caches of both
// vocabularies are below 2 MB.
struct PieceCache {
  /// Pieces up to this length are remembered.
  static let longestPiece = 15

  private static let bits: UInt64 = 14
  private typealias Entry = (UInt64, UInt64)
  private let entries: UnsafeMutablePointer<Entry>

  fileprivate init() {
    entries = .allocate(capacity: 1 << Self.bits)
    entries.initialize(repeating: (0, 0), count: 1 << Self.bits)
  }

  @inline(__always)
  private static func place(_ key: PieceKey) -> Int {
    let mixed = (key.first ^ (key.second &* 0xD6E8_FEB8_6659_FD93)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed &>> (64 &- bits))
  }

  /// The number of tokens of a piece, or 0 if it is not known.
  @inline(__always)
  func tokens(_ key: PieceKey) -> Int {
    let entry = entries[Self.place(key)]
    let differs = (entry.0 ^ key.first) | ((entry.1 ^ key.second) & 0xFF_FFFF_FFFF_FFFF)
    return differs == 0 ? Int(truncatingIfNeeded: entry.1 &>> 56) : 0
  }

  /// Remembers the number of tokens (1 to 15) of a piece.
  @inline(__always)
  func remember(_ key: PieceKey, tokens: Int) {
    entries[Self.place(key)] = (key.first, key.second | UInt64(truncatingIfNeeded: tokens) &<< 56)
  }
}

// The memory that a cache points to has one user at a time: it is the pool's while it is free, and a
// count's from `take` to `giveBack`; both are under the pool's lock.
extension PieceCache: @unchecked Sendable {}

/// Lends caches for one vocabulary.
struct PieceCachePool: ~Copyable, Sendable {
  private static let textBeforeFirst = 16 << 10
  private static let most = 3

  private struct State {
    var free: [PieceCache] = []
    var made = 0
    var bytesSeen = 0
  }

  private let state = Mutex(State())

  /// A cache for counting a text of so many bytes, or nil if there is none or none is worth while yet.
  func take(forTextOf length: Int) -> PieceCache? {
    state.withLock { state in
      if let cache = state.free.popLast() { return cache }
      state.bytesSeen &+= length
      if state.bytesSeen < Self.textBeforeFirst || state.made == Self.most { return nil }
      state.made += 1
      return PieceCache()
    }
  }

  /// Takes back what `take(forTextOf:)` lent.
  func giveBack(_ cache: PieceCache) {
    state.withLock { $0.free.append(cache) }
  }
}
