import Glibc

/// A real llama.cpp server on 127.0.0.1 over a made-up model, in a Python process: see llama_peer.py.
package final class LlamaPeer: Sendable {
  package static let key = "sk-local"

  /// The Python that has what it needs: `make test-live` makes one, FLOW_LLAMA_PYTHON names another.
  package static let python: String? = {
    let made = "\(repository)/.build/live/bin/python3"
    let path = getenv("FLOW_LLAMA_PYTHON").map { String(cString: $0) } ?? made
    return access(path, X_OK) == 0 ? path : nil
  }()

  package let port: UInt16
  /// Such as `http://127.0.0.1:49152`.
  package var baseURL: String { "http://127.0.0.1:\(port)" }
  private let process: FlowctlProcess
  private let folder: TemporaryFolder

  /// Starts it, and waits until it listens.
  package init() async throws {
    guard let python = LlamaPeer.python else { throw ServerError("there is no Python with llama.cpp") }
    folder = TemporaryFolder()
    process = try FlowctlProcess([LlamaPeer.script, folder.path], in: folder.path, executable: python)
    port = try await process.announcedPort()
  }

  deinit {
    process.kill()
    var status: CInt = 0
    waitpid(process.id, &status, 0)
  }

  /// One of its own counters, such as `tokens_predicted_total`.
  package func counter(_ name: String) async throws -> Int {
    let script = """
      import sys, urllib.request
      url, key, name = sys.argv[1:]
      request = urllib.request.Request(url, headers={"Authorization": "Bearer " + key})
      for line in urllib.request.urlopen(request).read().decode().splitlines():
          if line.startswith("llamacpp:" + name + " "): print(int(float(line.split()[1])))
      """
    let outcome = try await FlowctlProcess.run(
      ["-c", script, "\(baseURL)/metrics", LlamaPeer.key, name],
      in: folder.path,
      executable: LlamaPeer.python
    ).expect(0)
    guard let count = Int(outcome.output.dropLast()) else { throw ServerError("it has no counter \(name)") }
    return count
  }

  private static let script = "\(folderOfSources)/llama_peer.py"
  private static let folderOfSources = #filePath.prefix(#filePath.count - "/LlamaPeer.swift".count)
  private static let repository = folderOfSources.prefix(
    folderOfSources.count - "/Tests/FlowTestSupport/Servers".count
  )
}
