extension ScriptedServer.Answer {
  /// A few hundred kilobytes that claim to be JSON, compressed, and become this many megabytes of blanks for whoever
  /// unpacks them.
  package static func gzipBomb(megabytes: Int) -> Self {
    let headers = [("content-encoding", "gzip")]
    return bytes(Gzip.blanks(megabytes << 20), type: "application/json", headers: headers)
  }
}

extension Gzip {
  /// About `count` blanks in 1/159 of their size: one literal, and copies of the longest length from one byte before,
  /// in the fixed codes (RFC 1951 section 3.2.6).
  ///
  /// The checksum is wrong: by the time somebody could see that, all has been unpacked.
  static func blanks(_ count: Int) -> [UInt8] {
    var bits = BitWriter(bytes: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF])
    // The last block, with fixed codes; the two bits of the type come the low one first.
    bits.write(0b110, length: 3)
    bits.write(0x30 + 0x20, length: 8)
    for _ in 0..<(count / 258) {
      // 285, a length of 258, and 0, a distance of 1.
      bits.write(0b1100_0101, length: 8)
      bits.write(0, length: 5)
    }
    // 256, the end of the block.
    bits.write(0, length: 7)
    return bits.bytes + [0, 0, 0, 0, 0, 0, 0, 0]
  }

  /// Packs bits, the first one lowest in its byte.
  private struct BitWriter {
    var bytes: [UInt8]
    private var used = 8

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Writes a code, its highest bit first.
    mutating func write(_ code: Int, length: Int) {
      for shift in stride(from: length - 1, through: 0, by: -1) {
        if used == 8 {
          bytes.append(0)
          used = 0
        }
        bytes[bytes.count - 1] |= UInt8(code >> shift & 1) << used
        used += 1
      }
    }
  }
}
