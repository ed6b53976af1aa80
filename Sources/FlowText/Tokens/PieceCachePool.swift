import Synchronization

// Lends the caches of one vocabulary, each to one count at a time, so that counting itself takes no lock.
//
// A pool makes no cache before some text has been counted, because touching over a hundred fresh pages
// takes longer than counting a line does, and never more than two: those of both vocabularies together
// stay below 2 MB. A count that gets none does without.
final class PieceCachePool: Sendable {
  private static let textBeforeFirst = 16 << 10
  private static let most = 2

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
