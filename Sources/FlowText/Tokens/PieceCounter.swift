import CTokenTables

// Counts the tokens of a text.
//
// Problem: the average piece has five bytes and can be dealt with in 20 ns, a fifth of what one access
// to memory that is not near may take. Nine in ten pieces are one token; the others have to be merged.
//
// Design: nothing is waited for. Pieces are found many at a time (PieceScanner). Most are known to the
// cache. The others wait, while the table's line that would hold them is fetched, until there are 32 of
// them; those that are no token are queued for MergeLanes, which hides the waiting of one piece behind
// the work on others. As only the sum matters, pieces need not be counted in order.
//
// Pieces of more than 16 bytes and the last 16 bytes of a text are looked up at once, and what is too
// long for the lanes is merged at once.
//
// Invariant: `total` and the pieces that wait or are queued together are the text before the place that
// has been reached.
struct PieceCounter {
  private static let mostWaiting = 32
  private static let queueLimit = MergeLanes.capacity - mostWaiting

  /// A piece that is being looked up in the table of whole pieces.
  private struct Waiting {
    let piece: UnsafePointer<UInt8>
    let key: PieceKey
    let slot: Int
  }

  private let vocabulary: VocabularyTable
  private let text: UnsafePointer<UInt8>
  private let length: Int
  private let scanner: PieceScanner
  private let cache: PieceCache?
  private let ends: UnsafeMutablePointer<Int>
  private let waiting: UnsafeMutablePointer<Waiting>
  private var waitingCount = 0
  private var lanes: MergeLanes
  private var total = 0
  private let longWorkspace: UnsafeMutableRawPointer

  private static let endsBytes = PieceScanner.most * MemoryLayout<Int>.stride
  private static let waitingBytes = mostWaiting * MemoryLayout<Waiting>.stride
  private static let workspaceBytes =
    endsBytes + waitingBytes + MergeLanes.workspaceBytes + ShortPieceMerger.workspaceBytes
    + WindowedMerger.workspaceBytes + 128

  private init(
    _ text: UnsafePointer<UInt8>,
    length: Int,
    scanner: PieceScanner,
    vocabulary: VocabularyTable,
    cache: PieceCache?,
    workspace: UnsafeMutableRawPointer
  ) {
    self.vocabulary = vocabulary
    self.text = text
    self.length = length
    self.scanner = scanner
    self.cache = cache
    ends = workspace.bindMemory(to: Int.self, capacity: PieceScanner.most)
    waiting = (workspace + Self.endsBytes).bindMemory(to: Waiting.self, capacity: Self.mostWaiting)
    let rest = (workspace + Self.endsBytes + Self.waitingBytes).alignedUp(toMultipleOf: 64)
    lanes = MergeLanes(vocabulary: vocabulary, workspace: rest)
    longWorkspace = (rest + MergeLanes.workspaceBytes).alignedUp(toMultipleOf: 16)
  }

  /// The number of tokens of a text, or nil if it exceeds `limit`.
  static func count(
    _ text: UnsafeBufferPointer<UInt8>,
    pattern: PiecePattern,
    vocabulary: VocabularyTable,
    caches: PieceCachePool,
    upTo limit: Int
  ) -> Int? {
    // No token is longer than the longest, so most of a far too long text need not be looked at.
    if limit < 0 || text.count / vocabulary.longestToken > limit { return nil }
    guard let base = text.baseAddress, text.count > 0 else { return 0 }
    let cache = caches.take(forTextOf: text.count)
    defer { if let cache { caches.giveBack(cache) } }
    // Aligned by hand: glibc's posix_memalign (before 2.38) does not use again what it gave out and got back between
    // small allocations, and each counted line would leave its workspace behind (bug 14581).
    return withUnsafeTemporaryAllocation(byteCount: workspaceBytes, alignment: 16) { workspace in
      // A temporary allocation of more than zero bytes has an address.
      guard let start = workspace.baseAddress else { preconditionFailure("no scratch memory") }
      let address = start.alignedUp(toMultipleOf: 64)
      var counter = PieceCounter(
        base,
        length: text.count,
        scanner: PieceScanner(base, count: text.count, pattern: pattern),
        vocabulary: vocabulary,
        cache: cache,
        workspace: address
      )
      return counter.count(upTo: limit)
    }
  }

  private mutating func count(upTo limit: Int) -> Int? {
    var at = 0
    while at < length {
      let found = scanner.ends(from: at, into: ends)
      for number in 0..<found {
        let end = ends[number]
        add(at, end)
        at = end
      }
      if total > limit { return nil }
    }
    lookUpWaiting()
    mergeQueued()
    return total > limit ? nil : total
  }

  @inline(__always)
  private mutating func add(_ start: Int, _ end: Int) {
    let piece = text + start
    let size = end &- start
    if size > PieceKey.most || start &+ PieceKey.most > length || text[end &- 1] == 0 {
      return addUncommon(start, end)
    }
    let key = PieceKey(piece, length: size)
    if let cache {
      let tokens = cache.tokens(key)
      if tokens != 0 {
        total &+= tokens
        return
      }
    }
    let slot = vocabulary.slot(key)
    vocabulary.prefetch(key, slot: slot)
    waiting[waitingCount] = Waiting(piece: piece, key: key, slot: slot)
    waitingCount &+= 1
    if waitingCount == Self.mostWaiting { lookUpWaiting() }
  }

  @inline(never)
  private mutating func addUncommon(_ start: Int, _ end: Int) {
    let size = end &- start
    if let cache, PieceCache.longLengths.contains(size) {
      let tokens = cache.tokens(text + start, length: size)
      if tokens > 0 {
        total &+= tokens
        return
      }
    }
    if vocabulary.contains(text + start, length: size, readable: length &- start) {
      total &+= 1
    } else if size <= MergeLanes.longestPiece {
      if lanes.count == MergeLanes.capacity { mergeQueued() }
      lanes.add(MergeLanes.Job(piece: text + start, length: size, isCacheable: false))
    } else if PieceWindows.suit(text + start, length: size) {
      if lanes.count > MergeLanes.capacity - PieceWindows.most { mergeQueued() }
      PieceWindows.add(text + start, length: size, to: &lanes)
    } else {
      let tokens = countLong(text + start, size)
      total &+= tokens
      remember(text + start, size, tokens)
    }
  }

  @inline(never)
  private mutating func lookUpWaiting() {
    if lanes.count > Self.queueLimit { mergeQueued() }
    for number in 0..<waitingCount {
      let one = waiting[number]
      let size = one.key.length
      if vocabulary.contains(one.key, slot: one.slot) {
        total &+= 1
        if let cache, size <= PieceCache.longestShort { cache.remember(one.key, tokens: 1) }
      } else {
        lanes.add(
          MergeLanes.Job(piece: one.piece, length: size, isCacheable: size <= PieceCache.longestShort)
        )
      }
    }
    waitingCount = 0
  }

  @inline(never)
  private mutating func mergeQueued() {
    lanes.merge()
    var windows = PieceWindows()
    for number in 0..<lanes.count {
      let job = lanes[number]
      if job.pieceLength > 0 {
        let piece = job.bytes - job.offset
        let tokens = windows.tokens(with: job) ?? countLong(piece, job.pieceLength)
        total &+= tokens
        if tokens > 0 { remember(piece, job.pieceLength, tokens) }
        continue
      }
      let tokens = job.starts.nonzeroBitCount
      total &+= tokens
      if let cache, job.isCacheable {
        cache.remember(PieceKey(job.bytes, length: job.length), tokens: tokens)
      } else {
        remember(job.bytes, job.length, tokens)
      }
    }
    lanes.removeAll()
  }

  private func remember(_ piece: UnsafePointer<UInt8>, _ size: Int, _ tokens: Int) {
    if let cache, PieceCache.longLengths.contains(size) {
      cache.remember(piece, length: size, tokens: tokens)
    }
  }

  @inline(never)
  private func countLong(_ piece: UnsafePointer<UInt8>, _ size: Int) -> Int {
    let short = ShortPieceMerger(vocabulary: vocabulary, workspace: longWorkspace)
    let windowed = WindowedMerger(short, workspace: longWorkspace + ShortPieceMerger.workspaceBytes)
    if size >= RunCounter.shortestPiece, let tokens = RunCounter(merger: windowed).count(piece, length: size)
    {
      return tokens
    }
    var tokens = 0
    if windowed.merge(piece, length: size, { _, _ in tokens &+= 1 }) { return tokens }
    var long = LongPieceMerger(vocabulary: vocabulary)
    return long.merge(piece, length: size)
  }
}
