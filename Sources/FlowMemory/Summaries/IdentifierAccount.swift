public import FlowCore
public import FlowText

/// Which identifiers of steps a summary of them tells, by rule and without a model.
public struct IdentifierAccount: Sendable, Hashable {
  /// How many of those that are lost are named at most.
  static let named = 20

  /// An identifier, and the step that says it first.
  public struct Place: Sendable, Hashable {
    public let identifier: Identifier
    public let step: StepID
  }

  /// Distinct identifiers of the steps, counted once for each summary.
  public private(set) var found = 0
  /// How many of them the summaries tell.
  public private(set) var carried = 0
  /// Those that they do not, as far as they tell most: most telling first.
  public private(set) var lost: [Place] = []

  public init() {}

  /// What bullets tell of the identifiers in these steps.
  public init(of steps: [ArchivedStep], in bullets: [Summary.Bullet]) {
    let told = IdentifierSet(bullets.map(\.text))
    let scanner = IdentifierScanner()
    var seen: Set<String> = []
    for step in steps {
      for identifier in scanner.identifiers(in: step.step.content) {
        guard seen.insert(identifier.key).inserted else { continue }
        found += 1
        if told.contains(identifier) {
          carried += 1
        } else {
          lost.append(Place(identifier: identifier, step: step.id))
        }
      }
    }
    keepMostTelling()
  }

  /// Adds the account of another summary.
  public mutating func add(_ other: IdentifierAccount) {
    found += other.found
    carried += other.carried
    lost += other.lost
    keepMostTelling()
  }

  private mutating func keepMostTelling() {
    lost = lost.enumerated()
      .sorted { ($0.element.identifier.weight, $1.offset) > ($1.element.identifier.weight, $0.offset) }
      .prefix(IdentifierAccount.named).map(\.element)
  }
}
