// Lays a value out as text. Like the parser it keeps its own stack, so depth costs heap only.
//
// The `document` style needs to know whether an array or object fits the rest of its line. It is
// written on one line on trial; as soon as it proves too wide, it is taken back and broken. A trial
// writes no more than a line's worth, so the whole stays linear in the size of the value.
struct JSONWriter {
  private enum Layout {
    case compact
    case broken
    case inline
  }

  /// An array or object whose end is not written yet.
  private struct Container {
    enum Content {
      case elements([JSONValue])
      case members(JSONObject)
    }
    let content: Content
    let count: Int
    let layout: Layout
    var next = 0
  }

  private(set) var bytes: [UInt8]
  private let style: JSONStyle
  private var open: [Container] = []
  /// Where the current line begins in `bytes`.
  private var lineStart: Int
  /// In a trial, how many scalars it may write; outside of one, nil.
  private var trialWidth: Int?
  /// Set in a trial by a text that is longer than the trial may be; it is then not written.
  private var hasOverrun = false

  /// How many arrays and objects are open around what is written, in whose innermost it is an element.
  private let depth: Int

  /// - Parameter depth: how many containers stand around the value; its line's indentation is written already.
  init(appendingTo bytes: [UInt8], style: JSONStyle, depth: Int = 0) {
    self.bytes = bytes
    self.style = style
    self.depth = depth
    lineStart = bytes.count - 2 * depth
  }

  /// - Parameter isLast: whether no comma will stand behind it.
  mutating func write(_ root: JSONValue, isLast: Bool = true) {
    begin(root, isLast: isLast)
    while !open.isEmpty { advance() }
  }

  /// Writes the innermost container's next part, or its end.
  private mutating func advance() {
    let innermost = open.count - 1
    let position = open[innermost].next
    let count = open[innermost].count
    guard position < count else {
      close(open.removeLast())
      return
    }
    open[innermost].next += 1
    let layout = open[innermost].layout
    separate(isFirst: position == 0, layout)
    let value: JSONValue
    switch open[innermost].content {
    case .elements(let elements):
      value = elements[position]
    case .members(let members):
      let member = members[position]
      value = member.value
      write(string: member.key)
      bytes.append(UInt8(ascii: ":"))
      if layout != .compact { bytes.append(UInt8(ascii: " ")) }
    }
    begin(value, isLast: position + 1 == count)
  }

  private mutating func begin(_ value: JSONValue, isLast: Bool) {
    switch value {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let bool): bytes.append(contentsOf: (bool ? "true" : "false").utf8)
    case .number(let number): write(number: number)
    case .string(let string): write(string: string)
    case .array(let elements):
      begin(.elements(elements), count: elements.count, isLast: isLast)
    case .object(let members):
      begin(.members(members), count: members.count, isLast: isLast)
    }
  }

  private mutating func begin(_ content: Container.Content, count: Int, isLast: Bool) {
    let layout: Layout
    switch style {
    case .compact: layout = .compact
    case .pretty: layout = .broken
    case .document(let inlineDepth, let lineWidth):
      if trialWidth != nil {
        layout = .inline
      } else {
        let isDeepEnough = depth + open.count >= inlineDepth
        if isDeepEnough, count > 0, tryInline(content, count: count, lineWidth: lineWidth - (isLast ? 0 : 1))
        {
          return
        }
        layout = .broken
      }
    }
    push(content, count: count, layout)
  }

  private mutating func push(_ content: Container.Content, count: Int, _ layout: Layout) {
    switch content {
    case .elements: bytes.append(UInt8(ascii: "["))
    case .members: bytes.append(UInt8(ascii: "{"))
    }
    open.append(Container(content: content, count: count, layout: layout))
  }

  /// Writes a container on the current line if it fits; otherwise nothing.
  private mutating func tryInline(_ content: Container.Content, count: Int, lineWidth: Int) -> Bool {
    let start = bytes.count
    let depth = open.count
    let available = lineWidth - scalarCount(from: lineStart)
    guard available > 0 else { return false }
    trialWidth = available
    defer {
      trialWidth = nil
      hasOverrun = false
    }
    push(content, count: count, .inline)
    var counted = start
    var width = 0
    while open.count > depth {
      advance()
      width += scalarCount(from: counted)
      counted = bytes.count
      if hasOverrun || width > available {
        bytes.removeSubrange(start...)
        open.removeSubrange(depth...)
        return false
      }
    }
    return true
  }

  private mutating func separate(isFirst: Bool, _ layout: Layout) {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    switch layout {
    case .compact: break
    case .broken: breakLine()
    case .inline:
      if isFirst, case .elements? = open.last?.content { return }
      bytes.append(UInt8(ascii: " "))
    }
  }

  private mutating func close(_ container: Container) {
    if container.layout == .broken, container.count > 0 { breakLine() }
    switch container.content {
    case .elements:
      bytes.append(UInt8(ascii: "]"))
    case .members:
      if container.layout == .inline, container.count > 0 { bytes.append(UInt8(ascii: " ")) }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private mutating func breakLine() {
    bytes.append(UInt8(ascii: "\n"))
    lineStart = bytes.count
    for _ in 0..<(depth + open.count) {
      bytes.append(UInt8(ascii: " "))
      bytes.append(UInt8(ascii: " "))
    }
  }

  private mutating func write(number: JSONNumber) {
    guard fitsTrial(number.text) else { return }
    bytes.append(contentsOf: number.text.utf8)
  }

  private mutating func write(string: String) {
    guard fitsTrial(string) else { return }
    bytes.appendJSONString(string)
  }

  /// Whether a text could be within a trial's width, taking a scalar as at most four bytes.
  private mutating func fitsTrial(_ text: String) -> Bool {
    guard let trialWidth, text.utf8.count > 4 * trialWidth else { return true }
    hasOverrun = true
    return false
  }

  private func scalarCount(from start: Int) -> Int {
    var count = 0
    for byte in bytes[start...] where byte & 0xC0 != 0x80 { count += 1 }
    return count
  }
}
