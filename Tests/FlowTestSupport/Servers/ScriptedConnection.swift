import Glibc

/// One connection of a scripted server: reads requests and sends the answers, until either end has enough.
struct ScriptedConnection {
  typealias Answer = ScriptedServer.Answer

  let descriptor: CInt
  let number: Int
  let core: ScriptedServer.Core
  private var buffer: [UInt8] = []

  init(descriptor: CInt, number: Int, core: ScriptedServer.Core) {
    (self.descriptor, self.number, self.core) = (descriptor, number, core)
  }

  consuming func serve() {
    while let request = nextRequest() {
      guard send(core.answer(request)) else { return }
    }
  }

  /// Reads a whole request; nil at the end of the stream.
  private mutating func nextRequest() -> ScriptedServer.Request? {
    var end = headEnd
    while end == nil {
      guard LoopbackSocket.receive(into: &buffer, from: descriptor) else { return nil }
      end = headEnd
    }
    guard let end, let head = ScriptedServer.Request.Head(buffer[..<end]) else { return nil }
    let whole = end + 4 + head.length
    while buffer.count < whole {
      guard LoopbackSocket.receive(into: &buffer, from: descriptor) else { return nil }
    }
    let body = Array(buffer[(end + 4)..<whole])
    buffer.removeFirst(whole)
    return core.record { [number] count in
      ScriptedServer.Request(
        number: count,
        connection: number,
        method: head.method,
        path: head.path,
        headers: head.headers,
        body: body
      )
    }
  }

  private var headEnd: Int? {
    let mark = Array("\r\n\r\n".utf8)
    guard buffer.count >= mark.count else { return nil }
    return (0...(buffer.count - mark.count)).first { buffer[$0] == 13 && buffer[$0..<($0 + 4)] == mark[...] }
  }

  /// Sends an answer; false where the connection is not to be used again.
  private func send(_ answer: Answer) -> Bool {
    guard LoopbackSocket.pause(answer.delay, on: descriptor) else { return false }
    var wire = answer.head
    switch answer.body {
    case .silence:
      // As long as the client waits, or the server lives.
      _ = LoopbackSocket.pause(.seconds(3600), on: descriptor)
      return false
    case .endless(let chunk):
      guard LoopbackSocket.send(wire[...], to: descriptor) else { return false }
      let piece = Answer.chunk(chunk[...])
      while LoopbackSocket.send(piece[...], to: descriptor) {}
      return false
    case .bytes:
      wire += answer.framedBody
    }
    if let limit = answer.cutsAfter {
      wire = Array(wire.prefix(min(limit, wire.count)))
      if answer.cutsWithReset { LoopbackSocket.resetAtClose(descriptor) }
    }
    return send(wire, answer.pace) && answer.cutsAfter == nil && !answer.closes
  }

  private func send(_ wire: [UInt8], _ pace: (bytes: Int, interval: Duration)?) -> Bool {
    guard let pace else { return LoopbackSocket.send(wire[...], to: descriptor) }
    var sent = 0
    while sent < wire.count {
      let end = min(sent + pace.bytes, wire.count)
      guard LoopbackSocket.send(wire[sent..<end], to: descriptor),
        LoopbackSocket.pause(pace.interval, on: descriptor)
      else { return false }
      sent = end
    }
    return true
  }
}
