import FlowCore

// A label is written so that nothing in it means anything to Mermaid: beside letters, digits and a few harmless
// signs, every character is an entity code. Quotes around the label alone would not do: Mermaid looks for %%{…}%%,
// for `#…;` and for lines with "style …:…#…;" in the whole source before it parses it, takes "`…`" for Markdown, and
// renders what is left as HTML.

extension PlanDrawing {
  /// The plan as a flow chart in Mermaid's language (https://mermaid.js.org/syntax/flowchart.html).
  package var mermaid: String {
    var text = "graph TD\n"
    for state in TaskState.allCases { text += "  classDef \(state.rawValue) \(state.style)\n" }
    for task in workflow.tasks {
      let label = PlanDrawing.mermaidLabel(self.label(of: task))
      text += "  \(node(task.id))[\"\(label)\"]:::\(graph.state(of: task).rawValue)\n"
    }
    for edge in edges {
      text += "  \(node(edge.from)) \(isCritical(edge) ? "==>" : "-->") \(node(edge.to))\n"
    }
    return text
  }

  /// A text as it may stand between the quotes of a label.
  static func mermaidLabel(_ text: String) -> String {
    var label = ""
    for scalar in text.unicodeScalars {
      if scalar == "\"" {
        label += "#quot;"
      } else if isPlain(scalar) {
        label.unicodeScalars.append(scalar)
      } else {
        label += "#\(scalar.value);"
      }
    }
    return label
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", " ", ".", ",", "_", "-", "/": true
    default:
      switch scalar.properties.generalCategory {
      // Mermaid keeps entity codes as ﬂ°…¶ß while it parses; without ° and ¶ no name can look like one.
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
        .nonspacingMark,
        .spacingMark, .decimalNumber:
        !scalar.isASCII
      default: false
      }
    }
  }
}

extension TaskState {
  fileprivate var style: String {
    switch self {
    case .done: "fill:#e0e0e0,stroke:#9e9e9e,color:#616161"
    case .doing: "fill:#cfe2ff,stroke:#084298,color:#000000"
    case .ready: "fill:#d1e7dd,stroke:#0f5132,color:#000000"
    case .waiting: "fill:#ffffff,stroke:#9e9e9e,color:#000000"
    case .blocked: "fill:#f8d7da,stroke:#842029,color:#000000"
    }
  }
}
