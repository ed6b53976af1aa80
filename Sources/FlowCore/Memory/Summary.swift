/// One version of a summary: a view over a fixed range of archived steps.
public struct Summary: Sendable, Hashable {
  public let id: SummaryID
  /// 0 for a leaf, which is made from steps; a parent is one above its children.
  public let level: Int
  /// Counts up from 1 for each range.
  public let version: Int
  /// Who made it: `textrank`, a model's name, or `hand`.
  public let by: String
  /// The prompt that a model was asked with, and its version, such as `summarize/1`; nil where none was asked.
  public let prompt: String?
  public let created: Timestamp
  public let bullets: [Bullet]
  /// Tokens of the steps it covers.
  public let sourceTokens: Int
  /// Tokens of the bullets as rendered.
  public let tokens: Int
  /// When the first and the last of its steps happened.
  public let span: ClosedRange<Timestamp>

  public init(
    id: SummaryID,
    level: Int,
    version: Int,
    by: String,
    prompt: String? = nil,
    created: Timestamp,
    bullets: [Bullet],
    sourceTokens: Int,
    tokens: Int,
    span: ClosedRange<Timestamp>
  ) {
    self.id = id
    self.level = level
    self.version = version
    self.by = by
    self.prompt = prompt
    self.created = created
    self.bullets = bullets
    self.sourceTokens = sourceTokens
    self.tokens = tokens
    self.span = span
  }

  /// One line of a summary, with the steps it came from.
  public struct Bullet: Sendable, Hashable {
    /// One line, without the leading `- ` and the anchor.
    public let text: String
    /// The steps that say it.
    public let source: ClosedRange<StepID>
    /// How much it tells, in millionths; bullets of one archive compare.
    public let weight: Int

    public init(text: String, source: ClosedRange<StepID>, weight: Int) {
      self.text = text
      self.source = source
      self.weight = weight
    }

    /// `- text [s3-4]`, without a newline.
    public var line: String { "- \(text) [\(Anchor.steps(source))]" }
  }
}

extension Summary {
  /// The same as another version.
  public func numbered(_ version: Int) -> Summary { placed(level: level, version: version) }

  /// The same at another height of the tree.
  public func at(level: Int) -> Summary { placed(level: level, version: version) }

  private func placed(level: Int, version: Int) -> Summary {
    Summary(
      id: id,
      level: level,
      version: version,
      by: by,
      prompt: prompt,
      created: created,
      bullets: bullets,
      sourceTokens: sourceTokens,
      tokens: tokens,
      span: span
    )
  }
}
