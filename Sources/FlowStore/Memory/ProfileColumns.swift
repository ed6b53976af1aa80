import FlowCore

// The problem: ranking wants the profiles of thousands of steps that lie scattered over the archive, and each
// row of `step` costs a look-up of its own.
//
// The design: `profile` has what ranking needs of 256 steps in one row. A chunk is written when the last of its
// steps is indexed, and again when a step in it is changed. Steps that no chunk covers are read from their rows,
// so that chunks are a copy that may be missing, never one that differs.

/// The profiles of steps, from chunks and rows.
struct ProfileColumns {
  let session: SQLSession

  /// Rows further apart are looked up each; nearer ones are read in one pass, those between passed over.
  private static let nearbySteps = 16

  /// Brings the chunk of a step up to date with its row.
  func update(_ step: StepID) throws(FlowError) {
    let number = ProfileChunk.number(of: step)
    let steps = ProfileChunk.steps(of: number)
    if step.rawValue != steps.upperBound {
      let known = try session.statement("SELECT 1 FROM profile WHERE chunk = ?1")
      known.bind(number, at: 1)
      guard try known.first({ _ in true }) != nil else { return }
    }
    var profiles: [StepProfile] = []
    try forEachRow(from: steps.lowerBound, through: steps.upperBound) { profiles.append($0) }
    let write = try session.statement("INSERT OR REPLACE INTO profile(chunk, columns) VALUES (?1, ?2)")
    write.bind(number, at: 1)
    try write.bind(ProfileChunk.encode(profiles), at: 2)
    try write.run()
  }

  /// Profiles in ascending order; ids that do not exist are left out.
  func profiles(of ids: [StepID]) throws(FlowError) -> [StepProfile] {
    let isAscending = zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 }
    let ordered = (isAscending ? ids : Set(ids).sorted()).drop { $0 < StepID(1) }
    let wanted = Array(ordered)
    var profiles: [StepProfile] = []
    profiles.reserveCapacity(wanted.count)
    let statement = try session.statement("SELECT columns FROM profile WHERE chunk = ?1")
    var start = 0
    while start < wanted.count {
      let number = ProfileChunk.number(of: wanted[start])
      var end = start + 1
      while end < wanted.count, ProfileChunk.number(of: wanted[end]) == number { end += 1 }
      statement.bind(number, at: 1)
      let isRead = try statement.first { row throws(FlowError) in
        guard let chunk = ProfileChunk(row.bytes(0)) else {
          throw session.damaged("the profiles of steps cannot be read")
        }
        for index in start..<end {
          if let profile = chunk.profile(of: wanted[index]) { profiles.append(profile) }
        }
        return true
      }
      if isRead == nil { try readRows(wanted[start..<end], into: &profiles) }
      start = end
    }
    return profiles
  }

  /// Calls `body` with each chunk, nil for one that cannot be read.
  func forEachChunk(_ body: (_ number: Int, _ chunk: ProfileChunk?) -> Void) throws(FlowError) {
    try session.statement("SELECT chunk, columns FROM profile").forEach { row in
      body(row.int(0), ProfileChunk(row.bytes(1)))
    }
  }

  /// Calls `body` with the profiles of all steps of a range, from their rows.
  func forEachRow(
    from first: Int,
    through last: Int,
    _ body: (StepProfile) -> Void
  ) throws(FlowError) {
    let statement = try session.statement(
      """
      SELECT id, ts, sitting, tokens, length, marks, speaker FROM step WHERE id BETWEEN ?1 AND ?2 ORDER BY id
      """
    )
    statement.bind(first, at: 1)
    statement.bind(last, at: 2)
    try statement.forEach { row in
      body(
        StepProfile(
          id: StepID(row.int(0)),
          ts: Timestamp(milliseconds: Int64(row.int(1))),
          sitting: row.int(2),
          tokens: row.int(3),
          length: row.int(4),
          marks: UInt32(truncatingIfNeeded: row.int(5)),
          speaker: row.int(6)
        )
      )
    }
  }

  private func readRows(
    _ wanted: ArraySlice<StepID>,
    into profiles: inout [StepProfile]
  ) throws(FlowError) {
    var start = wanted.startIndex
    while start < wanted.endIndex {
      var end = start + 1
      while end < wanted.endIndex, wanted[end].rawValue - wanted[end - 1].rawValue <= Self.nearbySteps {
        end += 1
      }
      var next = start
      try forEachRow(from: wanted[start].rawValue, through: wanted[end - 1].rawValue) { profile in
        while wanted[next] < profile.id { next += 1 }
        if wanted[next] == profile.id { profiles.append(profile) }
      }
      start = end
    }
  }
}
