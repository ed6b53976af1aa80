/// An order in which some of a plan's tasks can be done, and who waits for whom among them, by places in the plan.
struct TaskOrder: Sendable {
  /// From each task to those that need it; a task that names another twice has two edges.
  let dependents: EdgeList
  /// Each task behind all that it needs; those on a cycle, and those behind one, are not in it.
  let order: [Int]

  /// Puts the chosen tasks in order; what they need beside them does not count.
  ///
  /// Kahn's algorithm (Communications of the ACM 5(11), 1962), in time linear in tasks and dependencies.
  init(_ tasks: [FlowTask], at positions: [TaskID: Int], where isChosen: (FlowTask) -> Bool) {
    let chosen = tasks.map(isChosen)
    var edges: [(from: Int, to: Int)] = []
    var missing = [Int](repeating: 0, count: tasks.count)
    for (place, task) in tasks.enumerated() where chosen[place] {
      for id in task.deps {
        guard let dependency = positions[id], chosen[dependency] else { continue }
        edges.append((dependency, place))
        missing[place] += 1
      }
    }
    dependents = EdgeList(nodes: tasks.count, edges)
    var order = tasks.indices.filter { chosen[$0] && missing[$0] == 0 }
    var done = 0
    while done < order.count {
      for dependent in dependents[order[done]] {
        missing[dependent] -= 1
        if missing[dependent] == 0 { order.append(dependent) }
      }
      done += 1
    }
    self.order = order
  }
}

extension TaskOrder {
  /// How many tasks wait for each of `sources`, directly or through others, each task counted once.
  ///
  /// Counting by a search from each source would take time in O(sources · edges). Here 64 sources share one pass
  /// over the order: a task's word has a bit for each source that it waits for, and counters whose digits lie
  /// in one word each add 64 bits at a time. So it takes O(⌈sources / 64⌉ · (tasks · log tasks + edges)), where only
  /// sources that something waits for count.
  func waitingCounts(for sources: [Int], among count: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: sources.count)
    let needed = sources.indices.filter { !dependents[sources[$0]].isEmpty }
    var masks = [UInt64](repeating: 0, count: count)
    for first in stride(from: 0, to: needed.count, by: UInt64.bitWidth) {
      let block = needed[first..<min(first + UInt64.bitWidth, needed.count)]
      for place in masks.indices { masks[place] = 0 }
      for (lane, index) in block.enumerated() { masks[sources[index]] |= 1 << UInt64(lane) }
      var counters = BitCounters()
      for place in order where masks[place] != 0 {
        let mask = masks[place]
        counters.add(mask)
        for dependent in dependents[place] { masks[dependent] |= mask }
      }
      // A source does not wait for itself.
      for (lane, index) in block.enumerated() { counts[index] = counters.count(of: lane) - 1 }
    }
    return counts
  }
}

/// Sixty-four counters, one for each bit of the words that are added.
private struct BitCounters {
  /// The counters' binary digits, lowest first: bit n of each word belongs to counter n.
  private var digits: [UInt64] = []

  mutating func add(_ word: UInt64) {
    var carry = word
    var digit = 0
    while carry != 0 {
      if digit == digits.count { digits.append(0) }
      let next = digits[digit] & carry
      digits[digit] ^= carry
      carry = next
      digit += 1
    }
  }

  func count(of lane: Int) -> Int {
    digits.enumerated().reduce(0) { $0 + Int($1.element >> UInt64(lane) & 1) << $1.offset }
  }
}
