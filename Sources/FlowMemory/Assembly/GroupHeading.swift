import FlowCore

/// The heading of pieces that share a day: with its year, and without it for where the heading before it has the
/// same year.
struct GroupHeading: Sendable, Hashable {
  let full: Block
  let short: Block
  let year: Int

  /// `### 8 May 2023`, with the time of day where it is given: `### 8 May 2023 13:56`.
  init(_ date: CivilDate, clockTime: String? = nil, meter: TokenMeter) {
    let time = clockTime.map { " \($0)" } ?? ""
    full = meter.block("### \(date.day) \(GroupHeading.name(of: date.month)) \(date.year)\(time)\n")
    short = meter.block("### \(date.day) \(GroupHeading.name(of: date.month))\(time)\n")
    year = date.year
  }

  /// The lines that stand before a piece of this group behind one of that group; nil where they are one group.
  func block(after previous: GroupHeading?) -> Block? {
    guard let previous else { return full }
    if previous == self { return nil }
    return previous.year == year ? short : full
  }

  private static func name(of month: Int) -> String {
    let names = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
      "November", "December",
    ]
    return names.indices.contains(month - 1) ? names[month - 1] : String(month)
  }
}
