public import FlowCore

/// What an agent's run would have cost with Flow's prompts: tokens, how much of them a prompt cache could serve, and
/// time.
public struct ReplayEvaluation: Sendable, Hashable {
  public let tokenizer: String
  public let shares: Shares
  public let budget: Int
  /// Steps that were stored.
  public let steps: Int
  /// Prompts that were assembled: one after each user step.
  public let calls: Int
  /// The tokens of all prompts.
  public let tokens: Int
  /// Those of them that are an unchanged beginning of the prompt before.
  public let unchangedTokens: Int
  /// By kind of section, in the order in which they stand in a prompt.
  public let kinds: [Kind]
  /// Prompts that are a beginning of the one before as a whole.
  public let unbroken: Int
  /// How long a prompt took to assemble.
  public let retrieval: LatencyFigures
  /// How long a step took to store, durably, with the summaries that fell due.
  public let update: LatencyFigures

  /// What concerns the sections of one kind.
  public struct Kind: Sendable, Hashable {
    public let kind: Context.Kind
    /// The tokens of these sections in all prompts.
    public let tokens: Int
    /// Those of them that lie in the unchanged beginning.
    public let unchangedTokens: Int
    /// Prompts that part from the one before in a section of this kind.
    public let breaks: Int
  }

  /// The share of all tokens that is an unchanged beginning, 0 to 1; the first prompt has none.
  public var unchangedShare: Double { Double(unchangedTokens) / Double(max(1, tokens)) }

  /// What the prompts cost, and what they would cost without a cache.
  public func cost(at prices: PromptPrices) -> (cached: Double, uncached: Double) {
    let fresh = Double(tokens - unchangedTokens) * prices.input
    let cached = Double(unchangedTokens) * prices.cached
    return ((fresh + cached) / 1_000_000, Double(tokens) * prices.input / 1_000_000)
  }
}

/// What a provider charges for a million tokens of input.
public struct PromptPrices: Sendable, Hashable {
  /// For tokens that it reads for the first time.
  public var input: Double
  /// For tokens that its prompt cache has.
  public var cached: Double

  public init(input: Double = 3.00, cached: Double = 0.30) {
    self.input = input
    self.cached = cached
  }
}

/// Collects what a replay measures, call by call.
struct ReplayTally {
  private let tokenizer: any Tokenizer
  private var previous: Context?
  private var calls = 0
  private var tokens = 0
  private var unchanged = 0
  private var unbroken = 0
  private var byKind: [Context.Kind: (tokens: Int, unchanged: Int, breaks: Int)] = [:]
  private var retrievals: [Double] = []
  private var updates: [Double] = []

  init(tokenizer: any Tokenizer) {
    self.tokenizer = tokenizer
  }

  /// Notes how long a step took to store.
  mutating func noteUpdate(_ time: Duration) { updates.append(time.milliseconds) }

  /// Notes a prompt and how long it took.
  mutating func notePrompt(_ context: Context, _ time: Duration) {
    retrievals.append(time.milliseconds)
    calls += 1
    tokens += context.tokens
    var left = 0
    if let previous {
      let prefix = PrefixMeasure(of: context, after: previous, tokenizer: tokenizer)
      left = prefix.tokens
      if let kind = prefix.breaksIn {
        byKind[kind, default: (0, 0, 0)].breaks += 1
      } else {
        unbroken += 1
      }
    }
    unchanged += left
    for section in context.sections {
      byKind[section.kind, default: (0, 0, 0)].tokens += section.tokens
      byKind[section.kind, default: (0, 0, 0)].unchanged += min(left, section.tokens)
      left -= min(left, section.tokens)
    }
    previous = context
  }

  /// The sum of it.
  func evaluation(shares: Shares, budget: Int) -> ReplayEvaluation {
    ReplayEvaluation(
      tokenizer: tokenizer.name,
      shares: shares,
      budget: budget,
      steps: updates.count,
      calls: calls,
      tokens: tokens,
      unchangedTokens: unchanged,
      kinds: [Context.Kind.stable, .growing, .volatile].map { kind in
        let figures = byKind[kind] ?? (0, 0, 0)
        return ReplayEvaluation.Kind(
          kind: kind,
          tokens: figures.tokens,
          unchangedTokens: figures.unchanged,
          breaks: figures.breaks
        )
      },
      unbroken: unbroken,
      retrieval: LatencyFigures(milliseconds: retrievals),
      update: LatencyFigures(milliseconds: updates)
    )
  }
}
