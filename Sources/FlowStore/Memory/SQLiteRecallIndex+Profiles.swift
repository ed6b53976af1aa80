import FlowCore

extension SQLiteRecallIndex {
  /// Steps further apart are looked up each; nearer ones are read in one pass, the rows between passed over.
  private static let nearbySteps = 16

  func profiles(of ids: [StepID]) throws(FlowError) -> [StepProfile] {
    let wanted = Set(ids).filter { $0 >= StepID(1) }.sorted()
    var profiles: [StepProfile] = []
    profiles.reserveCapacity(wanted.count)
    let statement = try session.statement(
      """
      SELECT id, ts, role, name, sitting, tokens, length FROM step WHERE id BETWEEN ?1 AND ?2 ORDER BY id
      """
    )
    var start = 0
    while start < wanted.count {
      var end = start + 1
      while end < wanted.count, wanted[end].rawValue - wanted[end - 1].rawValue <= Self.nearbySteps {
        end += 1
      }
      var next = start
      statement.bind(wanted[start].rawValue, at: 1)
      statement.bind(wanted[end - 1].rawValue, at: 2)
      try statement.forEach { row throws(FlowError) in
        let id = StepID(row.int(0))
        while wanted[next] < id { next += 1 }
        guard wanted[next] == id else { return }
        profiles.append(try profile(row, id: id))
      }
      start = end
    }
    return profiles
  }

  func sittings(_ numbers: [Int]) throws(FlowError) -> [Int: SittingProfile] {
    let statement = try session.statement("SELECT first, last, length FROM sitting WHERE id = ?1")
    var sittings: [Int: SittingProfile] = [:]
    for number in numbers where sittings[number] == nil {
      statement.bind(number, at: 1)
      sittings[number] = try statement.first { row throws(FlowError) in
        guard row.int(0) <= row.int(1) else {
          throw session.damaged("sitting \(number) ends before it begins")
        }
        return SittingProfile(range: StepID(row.int(0))...StepID(row.int(1)), length: row.int(2))
      }
    }
    return sittings
  }

  private func profile(_ row: SQLRow, id: StepID) throws(FlowError) -> StepProfile {
    guard let role = Step.Role(rawValue: row.text(2)) else {
      throw session.damaged("step \(id) has an unknown role")
    }
    return StepProfile(
      id: id,
      ts: Timestamp(milliseconds: Int64(row.int(1))),
      role: role,
      name: row.textIfAny(3),
      sitting: row.int(4),
      tokens: row.int(5),
      length: row.int(6)
    )
  }
}
