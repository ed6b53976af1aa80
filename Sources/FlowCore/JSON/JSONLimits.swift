/// What a document may at most be, so that a hostile one fails cleanly.
public struct JSONLimits: Sendable, Hashable {
  /// How many arrays and objects may be open at once; `[]` has depth one.
  ///
  /// Nothing here needs stack for depth but the release of a value, which the Swift runtime does
  /// level by level: far more than the standard limit is unsafe on small stacks.
  public var maximumDepth: Int

  /// The size of the document in bytes.
  public var maximumBytes: Int

  /// Whether half of a surrogate pair, which no text can hold, becomes U+FFFD instead of being refused.
  public var replacesLoneSurrogates: Bool

  /// Depth 512 and 1 GiB, or other bounds.
  public init(
    maximumDepth: Int = 512,
    maximumBytes: Int = 1 << 30,
    replacesLoneSurrogates: Bool = false
  ) {
    self.maximumDepth = maximumDepth
    self.maximumBytes = maximumBytes
    self.replacesLoneSurrogates = replacesLoneSurrogates
  }

  /// Depth 512 and 1 GiB.
  public static let standard = JSONLimits()
}
