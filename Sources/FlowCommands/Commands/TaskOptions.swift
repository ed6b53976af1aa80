public import ArgumentParser
public import FlowCore
import FlowProjects

extension TaskStatus: ExpressibleByArgument {}

/// What a task can carry besides its name, as options.
struct TaskMetaOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "Who works on it.") var owner: String?
  @Option(name: .customLong("tag"), help: "A label; may be repeated.") var tags: [String] = []
  @Option(parsing: .unconditional, help: "Higher goes first.") var priority: Int?
  @Option(help: ArgumentHelp("More to keep with it; may be repeated.", valueName: "key=value")) var meta:
    [String] = []

  /// The options as the task's meta.
  func object() throws(FlowError) -> JSONObject {
    var object = try KeyValue.object(meta)
    if let owner { object["owner"] = .string(owner) }
    if !tags.isEmpty { object["tags"] = .array(tags.map(JSONValue.string)) }
    if let priority { object["priority"] = .number(JSONNumber(priority)) }
    return object
  }
}

/// The revision of the plan that the caller saw.
struct RevisionOption: ParsableArguments {
  @Option(
    help: ArgumentHelp("Only if the plan is at this revision still; else exit 75.", valueName: "revision")
  )
  var ifRevision: Int?

  func plan(at task: TaskRevOption? = nil) -> PlanExpectation {
    PlanExpectation(revision: ifRevision, rev: task?.ifRev)
  }
}

/// The revision of the one task that the caller saw.
struct TaskRevOption: ParsableArguments {
  @Option(
    help: ArgumentHelp("Only if the task is at this rev still; else exit 75. For one task.", valueName: "rev")
  )
  var ifRev: Int?

  func check(_ ids: [String]) throws {
    if ifRev != nil, ids.count > 1 { throw ValidationError("--if-rev goes with one task only") }
  }
}

/// `K=V` arguments.
enum KeyValue {
  /// The pairs as an object; a value that parses as JSON is kept as JSON.
  static func object(_ pairs: [String]) throws(FlowError) -> JSONObject {
    var object: JSONObject = [:]
    for pair in pairs {
      guard let equals = pair.utf8.firstIndex(of: UInt8(ascii: "=")), equals != pair.startIndex else {
        throw FlowError(
          .invalidArgument,
          "\(pair.quotedExcerpt) is no key=value",
          hint: "write --meta owner=jun"
        )
      }
      let text = String(pair[pair.utf8.index(after: equals)...])
      object[String(pair[..<equals])] = (try? JSONValue(parsing: text)) ?? .string(text)
    }
    return object
  }
}

extension [String] {
  /// The texts as ids of tasks.
  func taskIDs() throws(FlowError) -> [TaskID] {
    var ids: [TaskID] = []
    for text in self { ids.append(try TaskID(text)) }
    return ids
  }
}
