/// Tokens of a call, in one form for all providers: the prompt is `input + cachedRead + cacheWrite`, none counted twice.
public struct TokenUsage: Sendable, Hashable {
  /// Tokens of the prompt that were neither read from a cache nor written to one.
  public var input: Int
  /// Tokens of the prompt that a cache had.
  public var cachedRead: Int
  /// Tokens of the prompt that were written to a cache.
  public var cacheWrite: Int
  /// Tokens of the answer, hidden reasoning included.
  public var output: Int

  public init(input: Int = 0, cachedRead: Int = 0, cacheWrite: Int = 0, output: Int = 0) {
    self.input = input
    self.cachedRead = cachedRead
    self.cacheWrite = cacheWrite
    self.output = output
  }

  public static func + (left: TokenUsage, right: TokenUsage) -> TokenUsage {
    TokenUsage(
      input: left.input + right.input,
      cachedRead: left.cachedRead + right.cachedRead,
      cacheWrite: left.cacheWrite + right.cacheWrite,
      output: left.output + right.output
    )
  }
}
