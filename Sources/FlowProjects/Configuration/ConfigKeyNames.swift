/// The names of keys and groups, as someone who mistyped one needs them.
enum ConfigKeyNames {
  /// What may stand in a group, in the order of the table; the empty path is the file itself.
  static func within(_ group: [String]) -> [String] {
    var names: [String] = []
    for key in ConfigKey.all where key.path.starts(with: group) && key.path.count > group.count {
      let name = key.path[group.count]
      if !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// Whether a path is that of a key, not of a group.
  static func isKey(_ path: [String]) -> Bool { ConfigKey.all.contains { $0.path == path } }

  /// The name that was probably meant, or nil.
  ///
  /// What stands in the same place counts first: with other capitals or separators, or with two slips of the hand.
  /// Then a key of that name in another group.
  static func nearest(to path: [String]) -> String? {
    guard let last = path.last, last.utf8.count <= 60 else { return nil }
    let group = Array(path.dropLast())
    let wanted = plain(last)
    let near = within(group).map { (name: $0, distance: distance(plain($0), wanted)) }
      .min { $0.distance < $1.distance }
    if let near, near.distance <= min(2, wanted.count / 3) {
      return (group + [near.name]).joined(separator: ".")
    }
    return ConfigKey.all.first { $0.path.last.map(plain) == wanted }?.name
  }

  /// A name without what people write in different ways: `short_term-Steps` is `shorttermsteps`.
  private static func plain(_ name: some StringProtocol) -> [Character] {
    Array(name.lowercased()).filter { $0.isLetter || $0.isNumber }
  }

  /// How many characters must be put in, taken away or replaced (Levenshtein, 1965).
  private static func distance(_ one: [Character], _ other: [Character]) -> Int {
    var row = Array(0...other.count)
    for (i, left) in one.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, right) in other.enumerated() {
        let replaced = diagonal + (left == right ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j + 1] + 1, row[j] + 1)
      }
    }
    return row[other.count]
  }
}
