/// Lets the global options stand before the command as well as after it.
///
/// The parser knows each command's options only behind its name. So what stands before the last part of the
/// command's name is moved to the end of the arguments, or before a `--`.
struct GlobalOptionOrder {
  private static let flags: Set<String> = ["--json", "--quiet", "--verbose"]
  private static let options: Set<String> = ["--project", "--root", "--config"]
  /// The commands that have subcommands.
  let groups: Set<String>

  /// The arguments with leading global options moved.
  func arranged(_ arguments: [String]) -> [String] {
    var moved: [String] = []
    var name: [String] = []
    var index = 0
    while index < arguments.count {
      let argument = arguments[index]
      if GlobalOptionOrder.flags.contains(argument)
        || GlobalOptionOrder.options.contains(where: { argument.hasPrefix("\($0)=") })
      {
        moved.append(argument)
      } else if GlobalOptionOrder.options.contains(argument), index + 1 < arguments.count {
        moved += [argument, arguments[index + 1]]
        index += 1
      } else if groups.contains(argument), name.isEmpty {
        name.append(argument)
      } else {
        break
      }
      index += 1
    }
    guard !moved.isEmpty else { return arguments }
    // Without a command there is nothing to move behind: the root takes the options itself.
    guard index < arguments.count else { return arguments }
    let rest = arguments[index...]
    let end = rest.firstIndex(of: "--") ?? rest.endIndex
    return name + rest[..<end] + moved + rest[end...]
  }
}
