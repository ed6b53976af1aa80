// Merges the bytes of a piece of any length into tokens in O(n log n). It serves where WindowedMerger's
// windows do not agree.
//
// Design: as in ShortPieceMerger a part is known by the place of its first byte, and the parts are
// linked. The candidate merges stand in a binary heap as rank << 32 | place, so that the least is the
// lowest rank and the leftmost among equals. Entries are not removed when their parts change: each
// place keeps the rank of its present merge, and an entry that differs from it is dropped when it
// comes up. Entries equal to the present merge are still right, however old they are.
struct LongPieceMerger {
  private let vocabulary: VocabularyTable
  private var heap = MinimumHeap()
  private var ranks: [UInt32] = []
  private var ids: [UInt32] = []
  private var next: [UInt32] = []
  private var previous: [UInt32] = []

  init(vocabulary: VocabularyTable) {
    self.vocabulary = vocabulary
  }

  /// Merges a piece of at least one byte and less than 4 GiB and returns the number of tokens.
  mutating func merge(_ piece: UnsafePointer<UInt8>, length: Int) -> Int {
    precondition(length < Int(UInt32.max), "a single piece of 4 GiB cannot be tokenized")
    ids = (0..<length).map { vocabulary.id(ofByte: piece[$0]) }
    next = (0..<length).map { UInt32($0 + 1) }
    previous = (0..<length).map { UInt32(max($0, 1) - 1) }
    ranks = (0..<length).map {
      $0 + 1 < length ? vocabulary.id(ofBytes: piece[$0], piece[$0 + 1]) : VocabularyTable.none
    }
    heap = MinimumHeap(
      (0..<length).filter { ranks[$0] != VocabularyTable.none }.map { Self.entry(ranks[$0], $0) }
    )

    var parts = length
    while let least = heap.popLeast() {
      let place = Int(truncatingIfNeeded: least & 0xFFFF_FFFF)
      let merged = UInt32(truncatingIfNeeded: least >> 32)
      if ranks[place] != merged { continue }
      let swallowed = Int(next[place])
      let right = Int(next[swallowed])
      ids[place] = merged
      next[place] = UInt32(right)
      ranks[swallowed] = VocabularyTable.none
      ranks[place] = VocabularyTable.none
      if right < length {
        previous[right] = UInt32(place)
        consider(vocabulary.merge(merged, ids[right]), at: place)
      }
      if place > 0 {
        let left = Int(previous[place])
        consider(vocabulary.merge(ids[left], merged), at: left)
      }
      parts -= 1
    }
    return parts
  }

  /// Hands out each token of the piece merged last: its id, and where it ends.
  func forEachToken(_ body: (UInt32, Int) -> Void) {
    var place = 0
    while place < ids.count {
      let end = Int(next[place])
      body(ids[place], end)
      place = end
    }
  }

  private mutating func consider(_ rank: UInt32, at place: Int) {
    ranks[place] = rank
    if rank != VocabularyTable.none { heap.push(Self.entry(rank, place)) }
  }

  private static func entry(_ rank: UInt32, _ place: Int) -> UInt64 {
    UInt64(rank) << 32 | UInt64(place)
  }
}

/// A binary heap of numbers, the least on top.
struct MinimumHeap {
  private var items: [UInt64]

  /// A heap of the given numbers, in linear time.
  init(_ items: [UInt64] = []) {
    self.items = items
    for at in stride(from: items.count / 2 - 1, through: 0, by: -1) { sink(at) }
  }

  mutating func push(_ item: UInt64) {
    var at = items.count
    items.append(item)
    while at > 0 {
      let parent = (at - 1) / 2
      if items[parent] <= item { break }
      items[at] = items[parent]
      at = parent
    }
    items[at] = item
  }

  mutating func popLeast() -> UInt64? {
    guard let least = items.first, let last = items.popLast() else { return nil }
    if !items.isEmpty {
      items[0] = last
      sink(0)
    }
    return least
  }

  private mutating func sink(_ start: Int) {
    let item = items[start]
    var at = start
    while true {
      var child = 2 * at + 1
      if child >= items.count { break }
      if child + 1 < items.count, items[child + 1] < items[child] { child += 1 }
      if items[child] >= item { break }
      items[at] = items[child]
      at = child
    }
    items[at] = item
  }
}
