import FlowCore

/// The sections of a prompt, filled; still in the order in which they were fitted.
struct FittedPrompt: Sendable {
  var sections: [SectionPacker] = []
  var omitted: [Context.Omission] = []
  /// From where in the ranking more steps must be read for fitting to go on; nil where it is done.
  var unread: Unread?
  /// The relevant steps that were left out, where there are so many under a root that it is to be opened.
  var openable: [StepID] = []
}

/// A step that would have its turn, had it been read.
struct Unread: Sendable, Hashable {
  /// Its place in the ranking.
  let place: Int
  /// The tokens that are left.
  let room: Int
}

/// The third stage: what goes into the prompt.
///
/// Floors first: the preamble, the query, the pinned steps and the newest step. Then each section takes what it
/// can of its share, in an order that lets the stable sections depend on nothing but the budget and the shares:
/// tasks and results, short-term, long-term. Recall gets all that is left. When the floors do not fit, detail
/// goes first: pinned steps are cut, then left out, and the newest step is cut last.
struct Fit {
  let budget: Int
  let shares: Shares
  let requestedTask: TaskID?
  let steps: StepRenderer

  /// Fills the sections.
  ///
  /// `contents` holds the steps that recall may show, and those that belong to them. Where it lacks one that may fit,
  /// the prompt says which, and is to be fitted again with more contents. `opened` is what its roots tell of steps that
  /// were left out before.
  ///
  /// - Throws: `context.budget_too_small`, naming the least budget.
  func fit(
    _ evidence: Evidence,
    ranking: Ranking,
    contents: StepContents,
    opened: OpenedRoots? = nil
  ) throws(FlowError) -> FittedPrompt {
    let prompt = try fit(
      evidence,
      ranking: ranking,
      contents: contents,
      opened: opened,
      showsNewestWhole: false
    )
    // A newest step that was cut to its share, and that recall finds worth its tokens, is shown whole where it
    // belongs, and once.
    let cut = Set(prompt.sections.filter { $0.name == "short_term" }.flatMap(\.cutSteps))
    let recalled = prompt.sections.filter { $0.name == "recalled" }.flatMap(\.wholeSteps)
    guard recalled.contains(where: cut.contains) else { return prompt }
    return try fit(evidence, ranking: ranking, contents: contents, opened: opened, showsNewestWhole: true)
  }

  private func fit(
    _ evidence: Evidence,
    ranking: Ranking,
    contents: StepContents,
    opened: OpenedRoots?,
    showsNewestWhole: Bool
  ) throws(FlowError) -> FittedPrompt {
    var prompt = FittedPrompt()
    let preamble = preamble(evidence.surroundings)
    let shares = ceilings(for: evidence.query)
    let asked = evidence.query.step?.id
    let newest = shares.shortTerm > 0 ? evidence.shortTerm.last.flatMap { $0.id == asked ? nil : $0 } : nil
    let groups = sittingGroups(evidence.shortTerm)
    let newestGroup = newest.flatMap { groups[$0.sitting] }

    let leastForNewest = newest.map { leastTokens(of: $0, group: newestGroup) } ?? 0
    let least = preamble.tokens + leastTokens(of: evidence.query) + leastForNewest
    guard least <= budget else { throw tooSmall(least: least) }
    let query = query(evidence.query, room: budget - preamble.tokens - leastForNewest)
    var room = budget - preamble.tokens - query.tokens

    let pinned = fitPinned(evidence, room: room - leastForNewest, omitted: &prompt.omitted)
    room -= pinned.tokens
    var shortTerm = SectionPacker("short_term", .growing, heading: heading("Recent steps"))
    let shown = Set(pinned.wholeSteps + query.wholeSteps + [asked].compactMap { $0 })
    if let newest, let newestGroup, !shown.contains(newest.id) {
      room -= fitNewest(
        newest,
        under: newestGroup,
        into: &shortTerm,
        ceiling: showsNewestWhole ? 1 : shares.shortTerm,
        room: room
      )
    }

    var plan = fitTasks(evidence.surroundings, room: min(share(shares.tasks), room))
    room -= plan.tokens
    let leftShortTerm = fitShortTerm(
      evidence,
      shown: shown,
      into: &shortTerm,
      ceiling: shares.shortTerm,
      room: &room
    )
    let longTerm = fitLongTerm(
      evidence.roots,
      room: min(share(shares.longTerm), room),
      omitted: &prompt.omitted
    )
    room -= longTerm.tokens
    let told = opened.map { fitOpened($0, beside: longTerm, room: min(openedRoom, room)) }
    room -= told?.tokens ?? 0
    let shownAlready = shown.union(pinned.cutSteps).union(shortTerm.wholeSteps)
      .union(showsNewestWhole ? shortTerm.cutSteps : [])
    let recalled = fitRecalled(
      ranking,
      contents: contents,
      shown: shownAlready,
      room: room,
      prompt: &prompt
    )
    if opened == nil, prompt.unread == nil {
      prompt.openable = openable(evidence, ranking, shown: shownAlready.union(recalled.wholeSteps))
    }
    // Where the archive has no more to tell, what is left serves the plan beyond its share.
    room -= recalled.tokens
    if room > 0, !plan.isWhole { plan = fitTasks(evidence.surroundings, room: plan.tokens + room) }

    note(plan.leftOutTasks, in: plan.tasks, &prompt.omitted)
    note(plan.leftOutResults, in: plan.results, &prompt.omitted)
    let recalledSteps = Set(recalled.wholeSteps)
    note(
      leftShortTerm.filter { !recalledSteps.contains($0) }.map(\.description),
      in: shortTerm,
      &prompt.omitted
    )
    prompt.sections = [preamble, query, pinned, shortTerm, plan.tasks, plan.results, longTerm, recalled]
    if let told { prompt.sections.append(told) }
    return prompt
  }

  /// The shares as this query uses them.
  ///
  /// They are ceilings. Where the query is the newest step, or none is given, the work at hand goes on, and sections
  /// fill them. A question of its own is about something: short-term then uses a quarter, tasks and results use half,
  /// and the rest goes to recall. The stable sections are the same for every query.
  private func ceilings(for query: Evidence.Query) -> Shares {
    guard case .asWritten = query.place else { return shares }
    return Shares(longTerm: shares.longTerm, shortTerm: shares.shortTerm / 4, tasks: shares.tasks / 2)
  }

  // MARK: Floors

  private func preamble(_ surroundings: Surroundings) -> SectionPacker {
    var section = SectionPacker("preamble", .stable, heading: nil)
    guard !surroundings.preamble.isEmpty else { return section }
    let block = steps.meter.block(surroundings.preamble)
    section.fill(Piece(order: 0, group: nil, block: block, source: .text, why: "every prompt begins with it"))
    return section
  }

  private func query(_ query: Evidence.Query, room: Int) -> SectionPacker {
    switch query.place {
    case .elsewhere:
      return SectionPacker("query", .volatile, heading: nil)
    case .asWritten:
      // One block with its heading: a query may begin with anything.
      var section = SectionPacker("query", .volatile, heading: nil)
      section.fill(
        Piece(order: 0, group: nil, block: asWritten(query), source: .text, why: "what is asked")
      )
      return section
    case .step(let step, let isGiven):
      var section = SectionPacker("query", .volatile, heading: heading("Now"))
      let limit = isGiven ? room : min(room, max(share(shares.shortTerm), room / 2, leastTokens(of: query)))
      let whole = piece(step, steps.whole(step), isWhole: true, why: "what is asked")
      if section.insert(whole, room: limit) != nil { return section }
      if let cut = steps.cut(step, to: limit - heading("Now").tokens) {
        section.fill(piece(step, cut, isWhole: false, why: "what is asked, cut to its share"))
      }
      return section
    }
  }

  private func asWritten(_ query: Evidence.Query) -> Block {
    steps.meter.block("## Now\n\(query.text)\n")
  }

  private func leastTokens(of query: Evidence.Query) -> Int {
    switch query.place {
    case .elsewhere: 0
    case .asWritten: asWritten(query).tokens
    case .step(let step, _): heading("Now").tokens + steps.leastTokens(of: step)
    }
  }

  private func fitPinned(
    _ evidence: Evidence,
    room: Int,
    omitted: inout [Context.Omission]
  ) -> SectionPacker {
    var section = SectionPacker("pinned", .stable, heading: heading("Pinned"))
    let asked = evidence.query.step?.id
    var leftOut: [String] = []
    // The short ones first: a larger budget then never costs a step that was whole.
    let pinned = evidence.pinned.filter { $0.id != asked }
      .map { piece($0, steps.whole($0), isWhole: true, why: "pinned") }
      .sorted { ($0.block.tokens, $0.order) < ($1.block.tokens, $1.order) }
    var tooLong: Set<StepID> = []
    for piece in pinned where section.insert(piece, room: room - section.tokens) == nil {
      tooLong.insert(StepID(piece.order))
    }
    for step in evidence.pinned where tooLong.contains(step.id) {
      let frame = section.pieces.isEmpty ? section.heading?.tokens ?? 0 : 0
      let cut = steps.cut(step, to: room - section.tokens - frame)
        .map { piece(step, $0, isWhole: false, why: "pinned, cut: the budget is small") }
      if let cut, section.insert(cut, room: room - section.tokens) != nil { continue }
      leftOut.append(step.id.description)
    }
    note(leftOut, in: section, &omitted)
    return section
  }

  private func leastTokens(of newest: ArchivedStep, group: GroupHeading?) -> Int {
    heading("Recent steps").tokens + (group?.full.tokens ?? 0) + steps.leastTokens(of: newest)
  }

  /// Shows the newest step: whole if it fits into the section's share, else cut to it.
  private func fitNewest(
    _ newest: ArchivedStep,
    under group: GroupHeading,
    into section: inout SectionPacker,
    ceiling: Double,
    room: Int
  ) -> Int {
    let frame = (section.heading?.tokens ?? 0) + group.full.tokens
    let limit = min(room, max(share(ceiling), leastTokens(of: newest, group: group)))
    let whole = piece(newest, steps.whole(newest), group: group, isWhole: true, why: "the newest step")
    if let cost = section.insert(whole, room: limit) { return cost }
    guard let cut = steps.cut(newest, to: limit - frame) else { return 0 }
    let cutPiece = piece(newest, cut, group: group, isWhole: false, why: "the newest step, cut to its share")
    return section.insert(cutPiece, room: limit) ?? 0
  }

  private func tooSmall(least: Int) -> FlowError {
    FlowError(
      .budgetTooSmall,
      "a budget of \(budget) tokens is too small for this prompt",
      hint: "give at least \(least) tokens, or a shorter query",
      context: ["budget": String(budget), "least": String(least)]
    )
  }

  // MARK: What the parts of this stage share

  func share(_ fraction: Double) -> Int {
    fraction < 1 ? Int(Double(budget) * fraction) : budget
  }

  func heading(_ title: String) -> Block {
    steps.meter.block("## \(title)\n")
  }

  func group(of step: ArchivedStep) -> GroupHeading {
    GroupHeading(step.ts.date, clockTime: step.ts.clockTime, meter: steps.meter)
  }

  func piece(
    _ step: ArchivedStep,
    _ block: Block,
    group: GroupHeading? = nil,
    isWhole: Bool,
    why: String
  ) -> Piece {
    Piece(
      order: step.id.rawValue,
      group: group,
      block: block,
      source: .step(step.id, isWhole: isWhole),
      why: why
    )
  }

  func note(_ leftOut: [String], in section: SectionPacker, _ omitted: inout [Context.Omission]) {
    guard !leftOut.isEmpty else { return }
    omitted.append(
      Context.Omission(
        section: section.name,
        count: leftOut.count,
        reason: "budget",
        best: Array(leftOut.prefix(5))
      )
    )
  }
}

extension SectionPacker {
  /// Puts a piece in that has its place in the budget already.
  mutating func fill(_ piece: Piece) {
    _ = insert(piece, room: .max)
  }

  /// The steps of which only the beginning stands in this section.
  var cutSteps: [StepID] {
    pieces.compactMap { piece in
      if case .step(let id, isWhole: false) = piece.source { id } else { nil }
    }
  }

  /// The steps whose content stands whole in this section.
  var wholeSteps: [StepID] {
    pieces.compactMap { piece in
      if case .step(let id, isWhole: true) = piece.source { id } else { nil }
    }
  }
}
