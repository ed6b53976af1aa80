/// Certificates for TLS servers in tests, with an authority of their own, made by the openssl command.
package struct TestCertificates: Sendable {
  /// A server's certificate with its key.
  package struct Leaf: Sendable {
    /// The files' paths, in PEM.
    package let chain: String
    package let key: String
    let folder: String
  }

  private let folder: TemporaryFolder

  /// The authority's certificate, in PEM: what a client has to trust.
  package var authority: String { folder("ca.pem") }

  /// For 127.0.0.1 and localhost.
  package var valid: Leaf { leaf("valid") }
  /// For another host.
  package var wrongHost: Leaf { leaf("wrong-host") }
  /// For 127.0.0.1, until yesterday.
  package var expired: Leaf { leaf("expired") }

  /// Makes them; takes a moment.
  package init() async throws {
    folder = TemporaryFolder()
    let script = """
      set -e
      new="-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
      openssl req -x509 $new -keyout ca.key -out ca.pem -days 2 -subj '/CN=Test authority'
      leaf() {
        openssl req $new -keyout "$1.key" -out "$1.csr" -subj "/CN=$1"
        echo "subjectAltName=$3" >"$1.ext"
        openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days "$2" -extfile "$1.ext" -out "$1.pem"
      }
      leaf valid 2 IP:127.0.0.1,DNS:localhost
      leaf wrong-host 2 DNS:other.example
      leaf expired -1 IP:127.0.0.1
      """
    try await FlowctlProcess.run(["-c", script], in: folder.path, executable: "/bin/sh").expect(0)
  }

  private func leaf(_ name: String) -> Leaf {
    Leaf(chain: folder("\(name).pem"), key: folder("\(name).key"), folder: folder.path)
  }
}
