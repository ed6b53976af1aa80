package import FlowCore

extension ScriptedServer {
  /// What is sent for a request, and how.
  ///
  /// An answer starts as one of the static functions; the methods give it bad habits:
  /// `.json("{}").delayed(by: .seconds(1))`, `.text(long).chunked().cut(after: 100)`.
  package struct Answer: Sendable {
    enum Body {
      case bytes([UInt8])
      case endless(chunk: [UInt8])
      case silence
    }

    enum Framing {
      case length(declared: Int?)
      case chunks(of: Int)
      case untilClose
      /// The bytes are all that is sent, without a status line.
      case none
    }

    package var status = 200
    package var headers: [(name: String, value: String)] = []
    var body: Body = .bytes([])
    var framing: Framing = .length(declared: nil)
    var delay: Duration = .zero
    var pace: (bytes: Int, interval: Duration)?
    var cutsAfter: Int?
    var cutsWithReset = false
    var closes = false

    /// Some bytes, whatever they are.
    package static func bytes(
      status: Int = 200,
      _ bytes: [UInt8],
      type: String = "application/octet-stream",
      headers: [(name: String, value: String)] = []
    ) -> Answer {
      Answer(status: status, headers: [("content-type", type)] + headers, body: .bytes(bytes))
    }

    /// JSON, as text.
    package static func json(
      status: Int = 200,
      _ text: String,
      headers: [(name: String, value: String)] = []
    ) -> Answer {
      bytes(status: status, Array(text.utf8), type: "application/json", headers: headers)
    }

    /// JSON, as a value.
    package static func json(
      status: Int = 200,
      _ value: JSONValue,
      headers: [(name: String, value: String)] = []
    ) -> Answer {
      json(status: status, value.serialized(), headers: headers)
    }

    /// Text.
    package static func text(
      status: Int = 200,
      _ text: String,
      type: String = "text/plain; charset=utf-8",
      headers: [(name: String, value: String)] = []
    ) -> Answer {
      bytes(status: status, Array(text.utf8), type: type, headers: headers)
    }

    /// A redirect.
    package static func redirect(status: Int = 302, to location: String) -> Answer {
      Answer(status: status, headers: [("location", location)])
    }

    /// JSON that claims to be compressed, and is, though nobody asked for it.
    package static func gzip(status: Int = 200, _ text: String) -> Answer {
      let headers = [("content-encoding", "gzip")]
      return bytes(status: status, Gzip.stored(Array(text.utf8)), type: "application/json", headers: headers)
    }

    /// Something that is no HTTP; the connection is closed behind it.
    package static func garbage(_ bytes: [UInt8] = Array("SSH-2.0-no-http-here\r\n".utf8)) -> Answer {
      var answer = Answer(body: .bytes(bytes), framing: .none)
      answer.closes = true
      return answer
    }

    /// Nothing: the connection is closed before the status line.
    package static func closed(withReset: Bool = false) -> Answer {
      Answer().cut(after: 0, withReset: withReset)
    }

    /// Nothing, for as long as the client waits.
    package static var silence: Answer { Answer(body: .silence) }

    /// A chunked body that never ends: the chunk again and again until the client leaves.
    package static func endless(
      chunk: [UInt8] = [UInt8](repeating: 0x20, count: 1 << 14)
    ) -> Answer {
      Answer(body: .endless(chunk: chunk), framing: .chunks(of: max(chunk.count, 1)))
    }
  }
}

extension ScriptedServer.Answer {
  /// With one more header.
  package func header(_ name: String, _ value: String) -> Self {
    with { $0.headers.append((name, value)) }
  }

  /// Waits before the first byte.
  package func delayed(by delay: Duration) -> Self {
    with { $0.delay = delay }
  }

  /// In chunks, without a Content-Length.
  package func chunked(of size: Int = 1024) -> Self {
    with { $0.framing = .chunks(of: size) }
  }

  /// Neither length nor chunks: the end of the connection is the end of the body.
  package func endingWithConnection() -> Self {
    with {
      $0.framing = .untilClose
      $0.closes = true
    }
  }

  /// With a Content-Length that may be a lie.
  package func declaring(length: Int) -> Self {
    with { $0.framing = .length(declared: length) }
  }

  /// A few bytes at a time, the headers included.
  package func dripping(bytes: Int = 1, every interval: Duration) -> Self {
    with { $0.pace = (max(bytes, 1), interval) }
  }

  /// The connection ends after this many bytes of what is sent, the headers included.
  package func cut(after bytes: Int, withReset: Bool = false) -> Self {
    with {
      $0.cutsAfter = bytes
      $0.cutsWithReset = withReset
    }
  }

  /// The connection ends after so many bytes of the body.
  package func cut(afterBodyBytes bytes: Int, withReset: Bool = false) -> Self {
    cut(after: head.count + bytes, withReset: withReset)
  }

  /// Says `connection: close`, and does it.
  package func closing() -> Self {
    with {
      $0.headers.append(("connection", "close"))
      $0.closes = true
    }
  }

  private func with(_ change: (inout Self) -> Void) -> Self {
    var copy = self
    change(&copy)
    return copy
  }
}
