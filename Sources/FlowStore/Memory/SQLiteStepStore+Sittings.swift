import FlowCore

extension SQLiteStepStore {
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
}
