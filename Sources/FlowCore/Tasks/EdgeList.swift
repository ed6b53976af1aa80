/// The edges of a graph whose nodes are numbers from 0, those that leave one node side by side.
struct EdgeList: Sendable {
  /// Where each node's edges begin in `targets`, and behind the last node where they end.
  private let starts: [Int]
  private let targets: [Int]

  /// Edges of a node keep the order in which they are given here.
  init(nodes: Int, _ edges: [(from: Int, to: Int)]) {
    var starts = [Int](repeating: 0, count: nodes + 1)
    for edge in edges { starts[edge.from + 1] += 1 }
    for node in 0..<nodes { starts[node + 1] += starts[node] }
    var next = starts
    var targets = [Int](repeating: 0, count: edges.count)
    for edge in edges {
      targets[next[edge.from]] = edge.to
      next[edge.from] += 1
    }
    self.starts = starts
    self.targets = targets
  }

  /// Where the edges of a node lead.
  subscript(node: Int) -> ArraySlice<Int> { targets[starts[node]..<starts[node + 1]] }
}
