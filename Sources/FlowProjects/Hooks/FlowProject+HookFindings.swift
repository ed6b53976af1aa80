import FlowCore
import FlowStore

extension FlowProject {
  /// Hooks that will not run, and why.
  func hookFindings() async -> [Finding] {
    let trusted = TrustedProjects(path: wiring.hooks.hooks.trustFile)
    let (root, folder, name) = (wiring.hooks.root, folder, name)
    return await wiring.queue.run {
      let folders = [
        (HookFolder(in: root, of: .root), "../\(HookFolder.name)"),
        (HookFolder(in: folder, of: .project(name)), HookFolder.name),
      ]
      return folders.flatMap { folder, file in
        folder.map { $0.findings(as: file, trusted: trusted) } ?? []
      }
    }
  }
}

extension HookFolder {
  fileprivate func findings(as file: String, trusted: TrustedProjects) -> [Finding] {
    if let fault {
      return [.hook(file, "no hook in it runs: \(fault)", "mend the folder, or take it away")]
    }
    var findings: [Finding] = []
    let candidates = names.filter { $0.hasPrefix("before") || $0.hasPrefix("after") }
    for name in candidates.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let place = "\(file)/\(name.excerpt(limit: 255))"
      if !HookFolder.isHookName(name) {
        findings.append(
          .hook(place, "it does not run: no event has this name", "name it as docs/hooks.md has it")
        )
      } else if let fault = fault(of: name) {
        findings.append(.hook(place, "it does not run: \(fault)", "mend it, or take it away"))
      }
    }
    if names.contains(where: HookFolder.isHookName), let obstacle = obstacle(trust: trust(by: trusted)) {
      findings.append(.hook(file, obstacle, "`flowctl trust --list` shows what is trusted"))
    }
    return findings
  }
}

extension Finding {
  fileprivate static func hook(_ file: String, _ problem: String, _ remedy: String) -> Finding {
    Finding(file: file, problem: problem, remedy: remedy, isError: false)
  }
}
