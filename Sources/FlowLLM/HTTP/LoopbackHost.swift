import Glibc

/// Hosts that can only be this machine.
enum LoopbackHost {
  /// Whether a host, in lower case and as libcurl gives it, is a loopback address that needs no look-up.
  static func contains(_ host: String) -> Bool {
    if host == "localhost" { return true }
    if host.hasPrefix("["), host.hasSuffix("]") { return isLoopback6(host.dropFirst().dropLast()) }
    return isLoopback4(host)
  }

  /// Four plain decimal numbers, the first of them 127; every other form has been read differently by somebody.
  private static func isLoopback4(_ host: String) -> Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[0] == "127" else { return false }
    return parts.allSatisfy { part in
      guard let number = UInt8(part) else { return false }
      return String(number) == part
    }
  }

  private static func isLoopback6(_ host: Substring) -> Bool {
    var address = in6_addr()
    guard inet_pton(AF_INET6, String(host), &address) == 1 else { return false }
    return withUnsafeBytes(of: address) { $0.last == 1 && $0.dropLast().allSatisfy { $0 == 0 } }
  }
}
