import Glibc

/// Plain TCP sockets on 127.0.0.1, as a server needs them.
enum LoopbackSocket {
  /// A socket with a port of its own.
  static func bound() throws -> (descriptor: CInt, port: UInt16) {
    let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw ServerError("no socket can be made: errno \(errno)") }
    var address = loopback(port: 0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withAddress(&address) { bind(descriptor, $0, size) }
    guard code == 0, withAddress(&address, { getsockname(descriptor, $0, &size) }) == 0 else {
      close(descriptor)
      throw ServerError("no port can be had on 127.0.0.1: errno \(errno)")
    }
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }

  /// A socket that connects without waiting for the connection.
  static func connecting(to port: UInt16) -> CInt {
    let descriptor = socket(
      AF_INET,
      CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue) | CInt(SOCK_NONBLOCK.rawValue),
      0
    )
    var address = loopback(port: port)
    _ = withAddress(&address) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    return descriptor
  }

  /// Sends all bytes; false where the peer is gone.
  static func send(_ bytes: ArraySlice<UInt8>, to descriptor: CInt) -> Bool {
    bytes.withUnsafeBytes { bytes in
      var sent = 0
      while sent < bytes.count {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[sent...])
        let count = Glibc.send(descriptor, rest.baseAddress, rest.count, CInt(MSG_NOSIGNAL))
        guard count > 0 || errno == EINTR else { return false }
        sent += max(count, 0)
      }
      return true
    }
  }

  /// Adds what has come to `buffer`; false at the end of the stream.
  static func receive(into buffer: inout [UInt8], from descriptor: CInt) -> Bool {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(descriptor, &chunk, chunk.count, 0)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      buffer += chunk[..<count]
      return true
    }
  }

  /// Waits; false where the peer leaves, or this end is shut down, before the time is over.
  static func pause(_ time: Duration, on descriptor: CInt) -> Bool {
    let gone = Int16(0x2000)  // POLLRDHUP, which Swift's Glibc does not name.
    let clock = ContinuousClock()
    let deadline = clock.now + time
    while true {
      let left = (deadline - clock.now).components
      let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000
      guard milliseconds >= 0, deadline > clock.now else { return true }
      var entry = pollfd(fd: descriptor, events: gone, revents: 0)
      if poll(&entry, 1, CInt(min(milliseconds + 1, 60_000))) > 0 { return false }
    }
  }

  /// Makes the close that follows send a reset in place of an orderly end.
  static func resetAtClose(_ descriptor: CInt) {
    var value = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &value, socklen_t(MemoryLayout<linger>.size))
  }

  private static func loopback(port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }

  private static func withAddress<Result>(
    _ address: inout sockaddr_in,
    _ body: (UnsafeMutablePointer<sockaddr>) -> Result
  ) -> Result {
    withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
    }
  }
}

/// A test's server cannot do what it was made for.
package struct ServerError: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
