import CTokenTables

// Merges the bytes of many pieces of at most 64 bytes into tokens, several pieces at a time.
//
// Problem: byte-pair encoding merges, again and again, the neighbours whose merge has the lowest rank
// in the whole piece, the leftmost of equals, until no neighbours can be merged. Nine in ten pieces are
// one token and never come here; the rest have about ten bytes, and their merges take most of the time
// of counting. Each merge asks two questions to a table that is larger than the processor's near
// memory, and nothing about the piece can go on before they are answered.
//
// Design: eight pieces are merged in turn, one merge of each at a time. A merge ends with asking for the
// memory that holds the answers; by the next turn of that piece they have arrived.
//
// A part of a piece is known by the place of its first byte. `live` has a bit for each part, so that a
// part's neighbours are the next bits. `keys[place]` is for the merge of the part at `place` with its
// right neighbour: rank * 64 + place, so that the least key is the merge to do. Keys are offset as
// flow_least wants them.
//
// Invariants: keys from the piece's length to the next multiple of 16 are "none", and so are those of
// places that are no part's or the last part's; the two keys that were changed by the last merge are
// only right after their questions have been answered, which is the first thing a turn does.
struct MergeLanes {
  /// The longest piece.
  static let longestPiece = 64
  /// The most pieces that can be queued.
  static let capacity = 64
  static let workspaceBytes =
    capacity * MemoryLayout<Job>.stride + lanes * (MemoryLayout<Lane>.stride + laneBytes)

  private static let lanes = 8
  private static let laneBytes = 4 * (80 + 64)
  private static let keyOffset: UInt32 = 0x80_0000
  private static let noKey = key(VocabularyTable.none, 0)
  /// A place whose key is written but never read.
  private static let nowhere = 64

  private struct Lane {
    let keys: UnsafeMutablePointer<UInt32>
    let ids: UnsafeMutablePointer<UInt32>
    var live: UInt64 = 0
    /// The parts whose keys the first turn has to find.
    var unknown: UInt64 = 0
    /// The number of keys, a multiple of 16.
    var keyCount: Int32 = 0
    var job = 0
    /// The places whose keys wait for an answer, and the questions.
    var place = 0
    var left = 0
    var pair: MergeTable.Pair
    var leftPair: MergeTable.Pair
  }

  private let vocabulary: VocabularyTable
  private let nothing: MergeTable.Pair
  private let jobs: UnsafeMutablePointer<Job>
  private let lanes: UnsafeMutablePointer<Lane>
  private(set) var count = 0

  /// `workspace` has `workspaceBytes` bytes, aligned to 64, for as long as the lanes are used.
  init(vocabulary: VocabularyTable, workspace: UnsafeMutableRawPointer) {
    self.vocabulary = vocabulary
    nothing = vocabulary.merges.noPair
    let numbers = workspace
    let laneStart = numbers + Self.lanes * Self.laneBytes
    lanes = laneStart.bindMemory(to: Lane.self, capacity: Self.lanes)
    jobs = (laneStart + Self.lanes * MemoryLayout<Lane>.stride)
      .bindMemory(to: Job.self, capacity: Self.capacity)
    for lane in 0..<Self.lanes {
      let keys = (numbers + lane * Self.laneBytes).bindMemory(to: UInt32.self, capacity: 80 + 64)
      // Looked at where a part has no neighbour behind it.
      keys[80 + 63] = 0
      (lanes + lane).initialize(
        to: Lane(keys: keys, ids: keys + 80, pair: nothing, leftPair: nothing)
      )
    }
  }

  /// Queues a job of 1 to `longestPiece` bytes; there must be room.
  @inline(__always)
  mutating func add(_ job: Job) {
    jobs[count] = job
    count &+= 1
  }

  /// The job queued at a place; once merged it has its tokens.
  @inline(__always)
  subscript(number: Int) -> Job { jobs[number] }

  mutating func removeAll() { count = 0 }

  /// Does all queued jobs.
  @inline(never)
  func merge() {
    var next = 0
    var active = 0
    while active < Self.lanes, next < count {
      begin(lanes + active, job: next)
      active &+= 1
      next &+= 1
    }
    while active > 0 {
      var turn = 0
      while turn < active {
        let lane = lanes + turn
        if step(lane) {
          turn &+= 1
          continue
        }
        jobs[lane.pointee.job].starts = lane.pointee.live
        if next < count {
          begin(lane, job: next)
          next &+= 1
          turn &+= 1
        } else {
          active &-= 1
          swap(turn, active)
        }
      }
    }
  }

  private func swap(_ first: Int, _ second: Int) {
    let lane = lanes[first]
    lanes[first] = lanes[second]
    lanes[second] = lane
  }

  @inline(__always)
  private func begin(_ lane: UnsafeMutablePointer<Lane>, job: Int) {
    let (piece, length) = (jobs[job].bytes, jobs[job].length)
    let (keys, ids) = (lane.pointee.keys, lane.pointee.ids)
    let padded = (length &+ 15) & ~15
    for block in 0..<(padded &>> 4) {
      UnsafeMutableRawPointer(keys + 16 &* block)
        .storeBytes(of: SIMD16<UInt32>(repeating: Self.noKey), as: SIMD16<UInt32>.self)
    }
    var place = 0
    var all: UInt8 = 0
    while place &+ 1 < length {
      all |= piece[place]
      ids[place] = vocabulary.id(ofByte: piece[place])
      keys[place] = Self.key(vocabulary.id(ofBytes: piece[place], piece[place &+ 1]), place)
      place &+= 1
    }
    ids[place] = vocabulary.id(ofByte: piece[place])
    lane.pointee.live = UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- length)
    lane.pointee.keyCount = Int32(truncatingIfNeeded: padded)
    lane.pointee.job = job
    lane.pointee.place = Self.nowhere
    lane.pointee.left = Self.nowhere
    lane.pointee.pair = nothing
    lane.pointee.leftPair = nothing
    lane.pointee.unknown = 0
    if all >= 0x80 { joinCharacters(lane, piece, length) }
  }

  /// Makes one part each of the characters that are merged before anything else.
  @inline(never)
  private func joinCharacters(
    _ lane: UnsafeMutablePointer<Lane>,
    _ piece: UnsafePointer<UInt8>,
    _ length: Int
  ) {
    let (keys, ids) = (lane.pointee.keys, lane.pointee.ids)
    var live = lane.pointee.live
    var unknown: UInt64 = 0
    var place = 0
    var last = 0
    while place < length {
      let (id, size) = vocabulary.characters.solid(piece, at: place, length: length)
      if id != VocabularyTable.none {
        ids[place] = id
        for inner in place &+ 1..<place &+ size {
          keys[inner] = Self.noKey
          live &= ~(1 &<< UInt64(truncatingIfNeeded: inner))
        }
        // This part's merge, and that of the part before.
        unknown |= 1 &<< UInt64(truncatingIfNeeded: place) | 1 &<< UInt64(truncatingIfNeeded: last)
        last = place
        place &+= size
      } else {
        // Of a character that is left in bytes, the last one is the next part's neighbour.
        last = place &+ size &- 1
        place &+= size
      }
    }
    lane.pointee.live = live
    // The last part has no neighbour.
    let final = 63 &- live.leadingZeroBitCount
    keys[final] = Self.noKey
    lane.pointee.unknown = unknown & ~(1 &<< UInt64(truncatingIfNeeded: final))
    forEachUnknown(lane) { _, pair in vocabulary.merges.prefetch(pair) }
  }

  /// Calls `body` with each part whose key is unknown and the question that tells it.
  @inline(__always)
  private func forEachUnknown(_ lane: UnsafeMutablePointer<Lane>, _ body: (Int, MergeTable.Pair) -> Void) {
    var left = lane.pointee.unknown
    while left != 0 {
      let place = Int(truncatingIfNeeded: flow_lowest_bit(left))
      left &= left &- 1
      let behind = lane.pointee.live & ((UInt64.max &<< UInt64(truncatingIfNeeded: place)) &<< 1)
      let next = Int(truncatingIfNeeded: flow_lowest_bit(behind))
      body(place, vocabulary.merges.pair(lane.pointee.ids[place], lane.pointee.ids[next]))
    }
  }

  /// Takes in the answers to the last merge and does the next; false if there is none.
  @inline(__always)
  private func step(_ lane: UnsafeMutablePointer<Lane>) -> Bool {
    let (keys, ids) = (lane.pointee.keys, lane.pointee.ids)
    keys[lane.pointee.place] =
      Self.key(vocabulary.merges.result(of: lane.pointee.pair), lane.pointee.place)
    keys[lane.pointee.left] =
      Self.key(vocabulary.merges.result(of: lane.pointee.leftPair), lane.pointee.left)

    if lane.pointee.unknown != 0 {
      forEachUnknown(lane) { place, pair in
        keys[place] = Self.key(vocabulary.merges.result(of: pair), place)
      }
      lane.pointee.unknown = 0
    }
    let least = flow_least(keys, lane.pointee.keyCount)
    if least >= Self.noKey { return false }

    let place = Int(truncatingIfNeeded: least & 63)
    let merged = (least &- Self.keyOffset) &>> 6
    let live = lane.pointee.live
    // The parts behind this one: the first is swallowed, the second is the new neighbour.
    let behind = live & ((UInt64.max &<< UInt64(truncatingIfNeeded: place)) &<< 1)
    let rest = behind & (behind &- 1)
    let before = live & ~(UInt64.max &<< UInt64(truncatingIfNeeded: place))
    lane.pointee.live = live ^ (behind ^ rest)
    keys[Int(truncatingIfNeeded: flow_lowest_bit(behind))] = Self.noKey
    ids[place] = merged

    // Whether there are neighbours cannot be predicted. Without one, a place that has some id is taken.
    let merges = vocabulary.merges
    let rightPlace = Int(truncatingIfNeeded: flow_lowest_bit(rest | 1 &<< 63))
    let pair = merges.pair(merged, ids[rightPlace])
    let leftPlace = 63 &- (before | 1).leadingZeroBitCount
    let leftPair = merges.pair(ids[leftPlace], merged)
    lane.pointee.pair = MergeTable.Pair(number: flow_choose(rest != 0, pair.number, nothing.number))
    lane.pointee.leftPair = MergeTable.Pair(number: flow_choose(before != 0, leftPair.number, nothing.number))
    lane.pointee.place = place
    lane.pointee.left = Int(
      truncatingIfNeeded: flow_choose(
        before != 0,
        UInt64(truncatingIfNeeded: leftPlace),
        UInt64(truncatingIfNeeded: Self.nowhere)
      )
    )
    merges.prefetch(lane.pointee.pair)
    merges.prefetch(lane.pointee.leftPair)
    return true
  }

  @inline(__always)
  private static func key(_ rank: UInt32, _ place: Int) -> UInt32 {
    rank &<< 6 &+ UInt32(truncatingIfNeeded: place) &+ keyOffset
  }
}
