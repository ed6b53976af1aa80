import FlowCore

/// One thing that a section may hold: a step, a bullet, a task, a result.
struct Piece: Sendable, Hashable {
  /// Its place within the section; pieces stand in ascending order.
  let order: Int
  /// The heading that it stands under, shared with its neighbours; nil where the section has none.
  let group: GroupHeading?
  let block: Block
  let source: Source
  let why: String

  /// What the piece shows.
  enum Source: Sendable, Hashable {
    case step(StepID, isWhole: Bool)
    case bullet(SummaryID)
    case task(TaskID)
    case result(String)
    case text
  }

  /// `s42`, `m1-40`, `T001` or a result's key.
  var name: String {
    switch source {
    case .step(let id, _): id.description
    case .bullet(let id): id.description
    case .task(let id): id.rawValue
    case .result(let key): key
    case .text: ""
    }
  }
}

/// A section being filled: its pieces in order, and exactly what it costs so far.
///
/// A group's heading stands wherever the group differs from that of the piece before, and is shorter where the year
/// is the same. So putting a piece in changes the cost by its own tokens and by the headings that appear, change or
/// vanish on both sides of it.
struct SectionPacker: Sendable {
  let name: String
  let kind: Context.Kind
  let heading: Block?
  private(set) var pieces: [Piece] = []
  private(set) var tokens = 0

  init(_ name: String, _ kind: Context.Kind, heading: Block?) {
    self.name = name
    self.kind = kind
    self.heading = heading
  }

  /// How many tokens the section grows by if this piece is put in.
  func cost(of piece: Piece) -> Int {
    let position = position(of: piece)
    let before = position > 0 ? pieces[position - 1] : nil
    let after = position < pieces.count ? pieces[position] : nil
    var cost = piece.block.tokens + groupCost(of: piece, after: before)
    if let after { cost += groupCost(of: after, after: piece) - groupCost(of: after, after: before) }
    if pieces.isEmpty { cost += heading?.tokens ?? 0 }
    return cost
  }

  /// Puts a piece in if the section then grows by at most `room` tokens, and says by how many it grew.
  mutating func insert(_ piece: Piece, room: Int) -> Int? {
    let cost = cost(of: piece)
    guard cost <= room else { return nil }
    pieces.insert(piece, at: position(of: piece))
    tokens += cost
    return cost
  }

  /// The section's text, headings included.
  var text: String {
    guard !pieces.isEmpty else { return "" }
    var text = heading?.text ?? ""
    var group: GroupHeading?
    for piece in pieces {
      if let heading = piece.group?.block(after: group) { text += heading.text }
      group = piece.group
      text += piece.block.text
    }
    return text
  }

  private func groupCost(of piece: Piece, after previous: Piece?) -> Int {
    piece.group?.block(after: previous?.group)?.tokens ?? 0
  }

  private func position(of piece: Piece) -> Int {
    var low = 0
    var high = pieces.count
    while low < high {
      let middle = (low + high) / 2
      if pieces[middle].order <= piece.order { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
