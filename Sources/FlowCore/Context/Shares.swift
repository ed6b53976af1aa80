/// Which fraction of the budget each section may use at most, from 0 to 1; 0 leaves the section out.
///
/// Recall gets what the others leave.
public struct Shares: Sendable, Hashable {
  public var longTerm: Double
  public var shortTerm: Double
  public var tasks: Double

  public init(longTerm: Double = 0.15, shortTerm: Double = 0.35, tasks: Double = 0.15) {
    self.longTerm = longTerm
    self.shortTerm = shortTerm
    self.tasks = tasks
  }
}
