extension ScriptedServer.Answer {
  /// The status line and the headers, with the empty line behind them.
  var head: [UInt8] {
    var lines = ["HTTP/1.1 \(status) \(Self.reason(status))"]
    lines += headers.map { "\($0.name): \($0.value)" }
    switch framing {
    case .none: return []
    case .untilClose: break
    case .chunks: lines.append("transfer-encoding: chunked")
    case .length(let declared):
      // Neither has a body (RFC 9110, section 8.6).
      if status != 204, status != 304 { lines.append("content-length: \(declared ?? content.count)") }
    }
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }

  /// The body with its chunks' sizes.
  var framedBody: [UInt8] {
    guard case .chunks(let size) = framing else { return content }
    var wire: [UInt8] = []
    var rest = content[...]
    while !rest.isEmpty {
      wire += Self.chunk(rest.prefix(max(size, 1)))
      rest = rest.dropFirst(max(size, 1))
    }
    return wire + Self.chunk([])
  }

  static func chunk(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + Array("\r\n".utf8)
  }

  private var content: [UInt8] {
    guard case .bytes(let bytes) = body else { return [] }
    return bytes
  }

  private static func reason(_ status: Int) -> String {
    switch status {
    case 200..<300: "OK"
    case 300..<400: "Elsewhere"
    case 400..<500: "Refused"
    default: "Failed"
    }
  }
}

/// The gzip format without compression, which every reader of it must understand (RFC 1952, RFC 1951 section 3.2.4).
enum Gzip {
  static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
    var rest = bytes[...]
    repeat {
      let block = rest.prefix(0xFFFF)
      rest = rest.dropFirst(block.count)
      let count = UInt16(block.count)
      result.append(rest.isEmpty ? 1 : 0)
      result += littleEndian(count) + littleEndian(~count) + block
    } while !rest.isEmpty
    return result + littleEndian(checksum(bytes)) + littleEndian(UInt32(truncatingIfNeeded: bytes.count))
  }

  private static func littleEndian<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var value = ~UInt32(0)
    for byte in bytes {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 0 ? value >> 1 : value >> 1 ^ 0xEDB8_8320 }
    }
    return ~value
  }
}
