import FlowCore

/// The tree of summaries in SQLite, with every version of each.
struct SQLiteSummaryStore: SummaryStore {
  let session: SQLSession

  func add(_ summary: Summary) throws(FlowError) {
    let statement = try session.statement(
      """
      SELECT id, level, (SELECT max(version) FROM summary_version WHERE summary = summary.id)
      FROM summary WHERE first = ?1 AND last = ?2
      """
    )
    statement.bind(summary.id.first.rawValue, at: 1)
    statement.bind(summary.id.last.rawValue, at: 2)
    let known = try statement.first { (row: $0.int(0), level: $0.int(1), version: $0.int(2)) }
    try check(summary, level: known?.level, version: known?.version ?? 0)
    if let known {
      let update = try session.statement("UPDATE summary SET version = ?2 WHERE id = ?1")
      update.bind(known.row, at: 1)
      update.bind(summary.version, at: 2)
      try update.run()
      try insertVersion(of: summary, row: known.row)
    } else {
      try insertVersion(of: summary, row: try insert(summary))
    }
  }

  func leaf(covering step: StepID) throws(FlowError) -> Summary? {
    // Of those that begin at the step or before it the last one; parents that begin where it does are passed over.
    let statement = try session.statement(
      "\(Self.selection) WHERE level = 0 AND first <= ?1 ORDER BY first DESC LIMIT 1"
    )
    statement.bind(step.rawValue, at: 1)
    guard let leaf = try statement.first(decoded), leaf.id.range.contains(step) else { return nil }
    return leaf
  }

  func versions(of id: SummaryID) throws(FlowError) -> [Summary] {
    let statement = try session.statement(
      "\(Self.columns) JOIN summary_version AS made ON made.summary = summary.id "
        + "WHERE first = ?1 AND last = ?2 ORDER BY made.version"
    )
    statement.bind(id.first.rawValue, at: 1)
    statement.bind(id.last.rawValue, at: 2)
    var versions: [Summary] = []
    try statement.forEach { row throws(FlowError) in
      versions.append(try decoded(row))
    }
    return versions
  }

  func roots() throws(FlowError) -> [Summary] {
    var roots: [Summary] = []
    let statement = try session.statement("\(Self.selection) WHERE parent IS NULL ORDER BY first")
    try statement.forEach { row throws(FlowError) in
      roots.append(try decoded(row))
    }
    return roots
  }

  func coveredThrough() throws(FlowError) -> StepID? {
    let statement = try session.statement("SELECT max(last) FROM summary")
    return try statement.first { $0.isNull(0) ? nil : StepID($0.int(0)) } ?? nil
  }

  func parts(of id: SummaryID) throws(FlowError) -> [Summary] {
    let statement = try session.statement(
      """
      \(Self.selection)
      WHERE parent = (SELECT id FROM summary WHERE first = ?1 AND last = ?2) ORDER BY first
      """
    )
    statement.bind(id.first.rawValue, at: 1)
    statement.bind(id.last.rawValue, at: 2)
    var parts: [Summary] = []
    try statement.forEach { row throws(FlowError) in
      parts.append(try decoded(row))
    }
    return parts
  }

  func replaceVersions(with summary: Summary) throws(FlowError) {
    let statement = try session.statement("SELECT id FROM summary WHERE first = ?1 AND last = ?2")
    statement.bind(summary.id.first.rawValue, at: 1)
    statement.bind(summary.id.last.rawValue, at: 2)
    guard let row = try statement.first({ $0.int(0) }) else {
      throw FlowError(
        .summaryNotFound,
        "there is no summary \(summary.id)",
        context: ["summary": summary.id.description]
      )
    }
    try add(summary)
    let delete = try session.statement("DELETE FROM summary_version WHERE summary = ?1 AND version < ?2")
    delete.bind(row, at: 1)
    delete.bind(summary.version, at: 2)
    try delete.run()
  }
}

extension SQLiteSummaryStore {
  private static let columns = """
    SELECT first, last, level, made.version, "by", created, source_tokens, tokens, span_start, span_end, bullets,
      made.prompt
    FROM summary
    """
  /// Each in the version that counts.
  private static let selection = """
    \(columns) JOIN summary_version AS made ON made.summary = summary.id AND made.version = summary.version
    """

  private func decoded(_ row: SQLRow) throws(FlowError) -> Summary {
    let id = SummaryID(first: StepID(row.int(0)), last: StepID(row.int(1)))
    let span = (Timestamp(milliseconds: Int64(row.int(8))), Timestamp(milliseconds: Int64(row.int(9))))
    guard span.0 <= span.1, let bullets = BulletCodec.decode(row.text(10)) else {
      throw session.damaged("summary \(id) cannot be read")
    }
    return Summary(
      id: id,
      level: row.int(2),
      version: row.int(3),
      by: row.text(4),
      prompt: row.isNull(11) ? nil : row.text(11),
      created: Timestamp(milliseconds: Int64(row.int(5))),
      bullets: bullets,
      sourceTokens: row.int(6),
      tokens: row.int(7),
      span: span.0...span.1
    )
  }

  private func check(_ summary: Summary, level: Int?, version: Int) throws(FlowError) {
    guard summary.id.first <= summary.id.last, level == nil || level == summary.level else {
      throw FlowError(
        .invalidArgument,
        "\(summary.id) cannot be a summary of level \(summary.level)",
        context: ["summary": summary.id.description]
      )
    }
    // One that comes from elsewhere brings its number along.
    guard summary.version == version + 1 || version == 0 && summary.version >= 1 else {
      throw FlowError(
        .revisionConflict,
        "\(summary.id) has \(version) versions, so version \(summary.version) cannot be its next",
        hint: "read the summary again and make the new version from what counts now",
        context: ["summary": summary.id.description, "version": String(version)]
      )
    }
  }

  /// Adds a range and finds its place in the tree, in whatever order the parts come: below the smallest that
  /// holds it, above all that it holds and that were no deeper.
  private func insert(_ summary: Summary) throws(FlowError) -> Int {
    let insert = try session.statement(
      """
      INSERT INTO summary(first, last, level, version, parent) VALUES (?1, ?2, ?3, ?4, (
        SELECT id FROM summary WHERE first <= ?1 AND last >= ?2 AND level > ?3 ORDER BY level LIMIT 1
      )) RETURNING id, parent
      """
    )
    insert.bind(summary.id.first.rawValue, at: 1)
    insert.bind(summary.id.last.rawValue, at: 2)
    insert.bind(summary.level, at: 3)
    insert.bind(summary.version, at: 4)
    let added = try insert.first { (row: $0.int(0), parent: $0.isNull(1) ? nil : $0.int(1)) }
    guard let added else { throw session.damaged("summary \(summary.id) was not stored") }
    let adopt = try session.statement(
      """
      UPDATE summary SET parent = ?4
      WHERE first >= ?1 AND first <= ?2 AND last <= ?2 AND level < ?3 AND parent IS ?5
      """
    )
    adopt.bind(summary.id.first.rawValue, at: 1)
    adopt.bind(summary.id.last.rawValue, at: 2)
    adopt.bind(summary.level, at: 3)
    adopt.bind(added.row, at: 4)
    adopt.bind(added.parent, at: 5)
    try adopt.run()
    return added.row
  }

  private func insertVersion(of summary: Summary, row: Int) throws(FlowError) {
    let insert = try session.statement(
      """
      INSERT INTO summary_version(
        summary, version, "by", created, span_start, span_end, source_tokens, tokens, bullets, prompt
      ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
      """
    )
    insert.bind(row, at: 1)
    insert.bind(summary.version, at: 2)
    try insert.bind(summary.by, at: 3)
    insert.bind(Int(summary.created.milliseconds), at: 4)
    insert.bind(Int(summary.span.lowerBound.milliseconds), at: 5)
    insert.bind(Int(summary.span.upperBound.milliseconds), at: 6)
    insert.bind(summary.sourceTokens, at: 7)
    insert.bind(summary.tokens, at: 8)
    try insert.bind(BulletCodec.encode(summary.bullets), at: 9)
    try insert.bind(summary.prompt, at: 10)
    try insert.run()
  }
}
