/// One step that holds a term, and how much the term tells there.
public struct Posting: Sendable, Hashable {
  /// The number of the step: above 0, below 2^31.
  public let step: Int
  public let weight: UInt8

  public init(step: Int, weight: UInt8) {
    self.step = step
    self.weight = weight
  }
}

/// The steps that hold a term, ascending, in compressed blocks.
///
/// A block tells its first step, its last, and the highest of its weights without being decoded, so that a
/// search passes over those that cannot change its outcome (the block-max index of Ding and Suel 2011, "Faster
/// Top-k Document Retrieval Using Block-Max Indexes").
public struct PostingList: Sendable {
  /// The most postings of a block.
  public static let blockSize = 128

  /// How many steps there are.
  public internal(set) var count = 0
  /// Ascending and without overlap.
  public internal(set) var blocks: [PostingBlock] = []
  var bytes: [UInt8] = []
  /// Whether what was appended stands in the order of steps.
  package internal(set) var isAscending = true

  /// An empty list.
  public init() {}

  /// The list of these postings, in any order; of those for the same step the last one counts.
  public init(_ postings: [Posting]) {
    let isAscending = zip(postings, postings.dropFirst()).allSatisfy { $0.step < $1.step }
    let ordered =
      isAscending
      ? postings
      : Dictionary(postings.map { ($0.step, $0) }, uniquingKeysWith: { $1 }).values
        .sorted { $0.step < $1.step }
    _ = PostingList.encoded(ordered).withUnsafeBytes { append(encoded: $0, count: ordered.count) }
  }

  /// The highest weight of all; 0 for an empty list.
  public var highestWeight: UInt8 { blocks.reduce(0) { max($0, $1.highestWeight) } }

  /// Decodes all of it, in ascending order of steps.
  public func forEach(_ body: (_ step: Int, _ weight: UInt8) -> Void) {
    var buffer = PostingBuffer()
    for block in blocks {
      decode(block, into: &buffer)
      for index in 0..<buffer.count { body(buffer.steps[index], buffer.weights[index]) }
    }
  }

  /// All of it, decoded.
  public var postings: [Posting] {
    var postings: [Posting] = []
    postings.reserveCapacity(count)
    forEach { postings.append(Posting(step: $0, weight: $1)) }
    return postings
  }
}

/// A run of postings that is decoded as one, or passed over.
public struct PostingBlock: Sendable, Hashable {
  /// The number of its first step.
  public let first: Int
  /// The number of its last step.
  public let last: Int
  public let highestWeight: UInt8
  /// 1 to `PostingList.blockSize`.
  public let count: Int
  /// Where its distances begin in the bytes of its list; the weights stand behind them.
  let start: Int
  let distanceBytes: Int
}

/// The postings of one block, decoded; made once and filled again for each block.
public struct PostingBuffer: Sendable {
  /// How many postings it holds now.
  public internal(set) var count = 0
  /// The numbers of the steps, ascending; only the first `count` mean anything.
  public internal(set) var steps = [Int](repeating: 0, count: PostingList.blockSize)
  /// The weight in each of the steps.
  public internal(set) var weights = [UInt8](repeating: 0, count: PostingList.blockSize)

  public init() {}
}
