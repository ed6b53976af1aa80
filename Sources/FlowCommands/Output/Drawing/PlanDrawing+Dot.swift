import FlowCore

extension PlanDrawing {
  /// The plan as a graph in Graphviz's language (https://graphviz.org/doc/info/lang.html).
  package var dot: String {
    var text = "digraph tasks {\n  node [shape=box, style=filled];\n"
    for task in workflow.tasks {
      let label = PlanDrawing.dotLabel(self.label(of: task))
      text += "  \(node(task.id)) [label=\"\(label)\", fillcolor=\"\(graph.state(of: task).colour)\""
      text += isCritical(task) ? ", penwidth=2];\n" : "];\n"
    }
    for edge in edges {
      text += "  \(node(edge.from)) -> \(node(edge.to))\(isCritical(edge) ? " [penwidth=2]" : "");\n"
    }
    return text + "}\n"
  }

  /// A text as it may stand between the quotes of a label, where a backslash and an ampersand begin escapes.
  static func dotLabel(_ text: String) -> String {
    var label = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": label += "\\\(scalar)"
      case "&": label += "&amp;"
      default: label.unicodeScalars.append(scalar)
      }
    }
    return label
  }
}

extension TaskState {
  fileprivate var colour: String {
    switch self {
    case .done: "#e0e0e0"
    case .doing: "#cfe2ff"
    case .ready: "#d1e7dd"
    case .waiting: "#ffffff"
    case .blocked: "#f8d7da"
    }
  }
}
