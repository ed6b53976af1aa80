import FlowCore
import GRDB

/// Examines a memory database for `doctor`, on one snapshot.
struct MemoryCheck {
  let session: SQLSession
  private let file: String
  private var findings: [Finding] = []

  private init(_ database: Database, fault: StorageFault) {
    session = SQLSession(database: database, fault: fault)
    file = fault.file.split(separator: "/").last.map(String.init) ?? fault.file
  }

  /// What is wrong with a file, worst first; `analysisVersion` is the one that the index should have.
  static func findings(
    in database: Database,
    fault: StorageFault,
    analysisVersion: Int?
  ) throws(FlowError) -> [Finding] {
    var check = MemoryCheck(database, fault: fault)
    try check.pages()
    // Counts over damaged pages would say nothing more.
    guard check.findings.isEmpty else { return check.findings }
    try check.steps()
    try check.sittings()
    try check.index(analysisVersion: analysisVersion)
    try check.summaries()
    return check.findings
  }
}

extension MemoryCheck {
  mutating func report(_ problem: String, _ remedy: String, isError: Bool = true) {
    findings.append(Finding(file: file, line: nil, problem: problem, remedy: remedy, isError: isError))
  }

  func number(_ sql: String) throws(FlowError) -> Int {
    try session.statement(sql).first { $0.int(0) } ?? 0
  }

  /// SQLite's own check: the pages, and that indexes and tables have as many entries.
  private mutating func pages() throws(FlowError) {
    var lines: [String] = []
    try session.statement("PRAGMA quick_check(5)").forEach { lines.append($0.text(0)) }
    for line in lines where line != "ok" {
      report(
        "SQLite finds damage: \(line.excerpt(limit: 200))",
        "restore the file from a backup, or save what can be read with `sqlite3 FILE .recover`"
      )
    }
  }

  private mutating func steps() throws(FlowError) {
    let restore = "restore the file from a backup"
    let missing = try number("SELECT ifnull(max(id) - min(id) + 1, 0) - count(*) FROM step")
    if missing > 0 {
      report("\(missing) steps are missing between the first and the last", restore)
    }
    let first = try number(
      "SELECT ifnull((SELECT min(id) FROM step), ifnull((SELECT max(last) FROM summary), 0) + 1)"
    )
    if first > 1 {
      report(
        "the verbatim steps s1-\(first - 1) are not here, only the summaries of them",
        "bring memory.sqlite from where the project came from, if they are needed",
        isError: false
      )
    }
    let bodiless = try number(
      "SELECT count(*) FROM step LEFT JOIN body ON body.step = step.id WHERE body.step IS NULL"
    )
    if bodiless > 0 {
      report("\(bodiless) steps have lost their content", restore)
    }
    let differs = try number(
      """
      SELECT count(*) FROM archive WHERE steps <> (SELECT count(*) FROM step)
        OR tokens <> (SELECT ifnull(sum(tokens), 0) FROM step)
      """
    )
    if differs > 0 {
      report("the totals differ from the steps", restore)
    }
    let speakers = try number(
      """
      SELECT count(*) FROM speaker FULL JOIN (
        SELECT speaker AS number, count(*) AS steps FROM step GROUP BY speaker
      ) AS found USING (number)
      WHERE speaker.steps IS NOT found.steps
      """
    )
    if speakers > 0 {
      report("\(speakers) speakers differ from their steps", restore)
    }
  }

  private mutating func sittings() throws(FlowError) {
    let wrong = try number(
      """
      SELECT count(*) FROM sitting FULL JOIN (
        SELECT sitting AS id, min(id) AS first, max(id) AS last, sum(length) AS length FROM step GROUP BY sitting
      ) AS found USING (id)
      WHERE (sitting.first, sitting.last, sitting.length) IS NOT (found.first, found.last, found.length)
      """
    )
    let total = try number("SELECT sittings - (SELECT count(*) FROM sitting) FROM archive")
    if wrong > 0 || total != 0 {
      report("\(max(wrong, 1)) sittings differ from their steps", "restore the file from a backup")
    }
  }

  private mutating func summaries() throws(FlowError) {
    let remedy = "make the summaries anew"
    let lacking = try number(
      """
      SELECT count(*) FROM summary LEFT JOIN summary_version AS current
      ON current.summary = summary.id AND current.version = summary.version WHERE current.summary IS NULL
      """
    )
    if lacking > 0 {
      report("\(lacking) summaries lack the version that counts", remedy)
    }
    for fault in try tilingFaults().prefix(5) {
      report("the summaries do not cover the past: \(fault)", remedy)
    }
  }

  /// Where roots do not tile the past from step 1 on, or parts not the summary that they are part of. (So
  /// leaves tile the past too.)
  private func tilingFaults() throws(FlowError) -> [String] {
    var ranges: [Int: SummaryID] = [:]
    var reached: [Int?: Int] = [nil: 0]
    var faults: [String] = []
    // A summary comes before its parts.
    let statement = try session.statement(
      "SELECT id, first, last, parent FROM summary ORDER BY first, last DESC"
    )
    try statement.forEach { row in
      let range = SummaryID(first: StepID(row.int(1)), last: StepID(row.int(2)))
      let parent = row.isNull(3) ? nil : row.int(3)
      let end = reached[parent] ?? 0
      if range.first.rawValue != end + 1 {
        faults.append("\(range.first.rawValue > end ? "a gap before" : "an overlap at") \(range)")
      }
      ranges[row.int(0)] = range
      reached[parent] = range.last.rawValue
      reached[row.int(0)] = range.first.rawValue - 1
    }
    for (id, range) in ranges.sorted(by: { $0.value < $1.value }) {
      // A leaf has no parts and stands at its own beginning.
      guard let end = reached[id], end >= range.first.rawValue, end != range.last.rawValue else { continue }
      faults.append("the parts of \(range) end at \(StepID(end))")
    }
    return faults
  }
}
