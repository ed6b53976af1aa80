import Glibc

/// A TLS server on 127.0.0.1 in front of a plain one: a Python script, since TLS needs a library.
package final class TLSFront: Sendable {
  /// Whether this machine has what is needed: python3, the openssl command and the script.
  package static let isAvailable = ["openssl", "python3"].allSatisfy(isInPath) && access(script, R_OK) == 0

  /// Such as `https://127.0.0.1:49152`.
  package var baseURL: String { "https://127.0.0.1:\(port)" }
  package let port: UInt16
  private let process: FlowctlProcess

  /// Starts it, and waits until it listens.
  package convenience init(
    of server: ScriptedServer,
    certificate: TestCertificates.Leaf,
    onlyTLS11: Bool = false
  ) async throws {
    try await self.init(ofPort: server.port, certificate: certificate, onlyTLS11: onlyTLS11)
  }

  /// Starts it in front of any plain server on 127.0.0.1, and waits until it listens.
  package init(
    ofPort target: UInt16,
    certificate: TestCertificates.Leaf,
    onlyTLS11: Bool = false
  ) async throws {
    process = try FlowctlProcess(
      [Self.script, certificate.chain, certificate.key, "\(target)"] + (onlyTLS11 ? ["tls1.1"] : []),
      in: certificate.folder,
      executable: "python3"
    )
    port = try await process.announcedPort()
  }

  deinit {
    process.kill()
    var status: CInt = 0
    waitpid(process.id, &status, 0)
  }

  private static let script =
    String(#filePath.prefix(#filePath.count - "TLSFront.swift".count)) + "tls_front.py"

  private static func isInPath(_ name: String) -> Bool {
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    return path.split(separator: ":").contains { access("\($0)/\(name)", X_OK) == 0 }
  }
}
