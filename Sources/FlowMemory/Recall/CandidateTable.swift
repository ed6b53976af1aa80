import FlowCore

/// The steps that are looked at closely, and how they stand to each other.
struct CandidateTable: Sendable {
  /// Ascending.
  let profiles: [StepProfile]
  /// The sittings of the candidates, ascending.
  let sittings: [SittingProfile]
  /// For each candidate the index of its sitting in `sittings`.
  let sittingIndex: [Int]
  /// For each candidate whether the one before it is the step right before it, in the same sitting.
  let followsPrevious: [Bool]

  init(profiles: [StepProfile], sittings: [Int: SittingProfile]) {
    self.profiles = profiles
    var ordered: [SittingProfile] = []
    var indices: [Int] = []
    indices.reserveCapacity(profiles.count)
    var follows: [Bool] = []
    follows.reserveCapacity(profiles.count)
    var known: [Int: Int] = [:]
    for index in profiles.indices {
      let profile = profiles[index]
      let isSame = index > 0 && profiles[index - 1].sitting == profile.sitting
      follows.append(isSame && profiles[index - 1].id.rawValue + 1 == profile.id.rawValue)
      if isSame, let last = indices.last {
        indices.append(last)
      } else if let number = known[profile.sitting] {
        indices.append(number)
      } else {
        known[profile.sitting] = ordered.count
        indices.append(ordered.count)
        ordered.append(sittings[profile.sitting] ?? SittingProfile(range: profile.id...profile.id, length: 0))
      }
    }
    self.sittings = ordered
    sittingIndex = indices
    followsPrevious = follows
  }

  var count: Int { profiles.count }

  /// Walks a list beside the candidates: `body` gets the index of each candidate that holds the term, and how much
  /// the term tells there, 0 to 1.
  func forEachMatch(in list: PostingList, buffer: inout PostingBuffer, _ body: (Int, Double) -> Void) {
    var index = 0
    for block in list.blocks {
      while index < count, profiles[index].id.rawValue < block.first { index += 1 }
      guard index < count else { return }
      if profiles[index].id.rawValue > block.last { continue }
      list.decode(block, into: &buffer)
      for place in 0..<buffer.count {
        let step = buffer.steps[place]
        while index < count, profiles[index].id.rawValue < step { index += 1 }
        guard index < count else { return }
        if profiles[index].id.rawValue == step { body(index, Double(buffer.weights[place]) / 255) }
      }
    }
  }

  /// Walks a list beside the sittings of the candidates: `body` gets the index of each sitting that holds the term
  /// and the sum of what it tells in the sitting's steps, candidates or not.
  func forEachSitting(in list: PostingList, buffer: inout PostingBuffer, _ body: (Int, Double) -> Void) {
    var index = 0
    var sum = 0.0
    for block in list.blocks {
      while index < sittings.count, sittings[index].range.upperBound.rawValue < block.first {
        if sum > 0 { body(index, sum) }
        sum = 0
        index += 1
      }
      guard index < sittings.count else { return }
      if sittings[index].range.lowerBound.rawValue > block.last { continue }
      list.decode(block, into: &buffer)
      for place in 0..<buffer.count {
        let step = buffer.steps[place]
        while index < sittings.count, sittings[index].range.upperBound.rawValue < step {
          if sum > 0 { body(index, sum) }
          sum = 0
          index += 1
        }
        guard index < sittings.count else { return }
        if sittings[index].range.lowerBound.rawValue <= step { sum += Double(buffer.weights[place]) / 255 }
      }
    }
    if index < sittings.count, sum > 0 { body(index, sum) }
  }
}
