/// SHA-256 (FIPS 180-4, section 6.2), over data that may come in pieces.
///
/// Own code, as a cryptography package would be the largest dependency of a program that hashes small
/// files. It is not hardened against side channels: use it for integrity, not with keys.
public struct SHA256: Sendable {
  /// Bytes in a block.
  private static let blockSize = 64

  private var state: SIMD8<UInt32> = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  /// The beginning of a block whose end has not come yet.
  private var pending: [UInt8] = []
  private var byteCount: UInt64 = 0

  public init() {}

  /// The digest of some bytes as 64 lower-case hexadecimal digits.
  public static func hexDigest(of bytes: some Collection<UInt8>) -> String {
    var hash = SHA256()
    hash.update(bytes)
    return hash.hexDigest()
  }

  /// Takes in more data.
  public mutating func update(_ bytes: some Collection<UInt8>) {
    let isDone: Void? = bytes.withContiguousStorageIfAvailable { update(UnsafeRawBufferPointer($0)) }
    if isDone == nil { Array(bytes).withUnsafeBytes { update($0) } }
  }

  /// Takes in more data.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    byteCount &+= UInt64(bytes.count)
    var offset = 0
    if !pending.isEmpty {
      offset = min(Self.blockSize - pending.count, bytes.count)
      pending.append(contentsOf: bytes[..<offset])
      guard pending.count == Self.blockSize else { return }
      pending.withUnsafeBytes { state.compress($0, blocks: 1) }
      pending.removeAll(keepingCapacity: true)
    }
    let blocks = (bytes.count - offset) / Self.blockSize
    let end = offset + blocks * Self.blockSize
    state.compress(UnsafeRawBufferPointer(rebasing: bytes[offset..<end]), blocks: blocks)
    pending.append(contentsOf: bytes[end...])
  }

  /// The digest of all data so far, 32 bytes; more may follow.
  public func digest() -> [UInt8] {
    var last = pending
    last.append(0x80)
    let zeros = (2 * Self.blockSize - 8 - last.count) % Self.blockSize
    last.append(contentsOf: repeatElement(0, count: zeros))
    withUnsafeBytes(of: (byteCount &* 8).bigEndian) { last.append(contentsOf: $0) }
    var state = state
    last.withUnsafeBytes { state.compress($0, blocks: last.count / Self.blockSize) }
    return (0..<8).flatMap { word in
      withUnsafeBytes(of: state[word].bigEndian) { Array($0) }
    }
  }

  /// The digest as 64 lower-case hexadecimal digits.
  public func hexDigest() -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: digest().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
      as: UTF8.self
    )
  }
}

extension SIMD8<UInt32> {
  /// Adds whole blocks to a hash.
  ///
  /// The message schedule is a ring of 16 words: word t takes the place of word t - 16, which no later one
  /// needs.
  fileprivate mutating func compress(_ bytes: UnsafeRawBufferPointer, blocks: Int) {
    guard blocks > 0 else { return }
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 16) { ring in
      roundConstants.withUnsafeBufferPointer { constants in
        for block in 0..<blocks {
          for index in 0..<16 {
            let offset = block &* 64 &+ index &* 4
            ring[index] = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
          }
          self &+= rounds(ring, constants)
        }
      }
    }
  }

  /// The 64 rounds, eight at a time, so that the working variables change names rather than places.
  @inline(__always)
  private func rounds(
    _ ring: UnsafeMutableBufferPointer<UInt32>,
    _ constants: UnsafeBufferPointer<UInt32>
  ) -> SIMD8<UInt32> {
    var (a, b, c, d) = (self[0], self[1], self[2], self[3])
    var (e, f, g, h) = (self[4], self[5], self[6], self[7])
    var t = 0
    while t < 64 {
      if t >= 16 {
        for index in t..<(t &+ 8) { ring.extendSchedule(at: index) }
      }
      step(a, b, c, &d, e, f, g, &h, constants[t] &+ ring[t & 15])
      step(h, a, b, &c, d, e, f, &g, constants[t &+ 1] &+ ring[(t &+ 1) & 15])
      step(g, h, a, &b, c, d, e, &f, constants[t &+ 2] &+ ring[(t &+ 2) & 15])
      step(f, g, h, &a, b, c, d, &e, constants[t &+ 3] &+ ring[(t &+ 3) & 15])
      step(e, f, g, &h, a, b, c, &d, constants[t &+ 4] &+ ring[(t &+ 4) & 15])
      step(d, e, f, &g, h, a, b, &c, constants[t &+ 5] &+ ring[(t &+ 5) & 15])
      step(c, d, e, &f, g, h, a, &b, constants[t &+ 6] &+ ring[(t &+ 6) & 15])
      step(b, c, d, &e, f, g, h, &a, constants[t &+ 7] &+ ring[(t &+ 7) & 15])
      t &+= 8
    }
    return [a, b, c, d, e, f, g, h]
  }
}

extension UnsafeMutableBufferPointer<UInt32> {
  @inline(__always)
  fileprivate func extendSchedule(at t: Int) {
    let early = self[(t &- 15) & 15]
    let late = self[(t &- 2) & 15]
    let sigma0 = early.rotated(7) ^ early.rotated(18) ^ (early >> 3)
    let sigma1 = late.rotated(17) ^ late.rotated(19) ^ (late >> 10)
    self[t & 15] = self[t & 15] &+ sigma0 &+ self[(t &- 7) & 15] &+ sigma1
  }
}

extension UInt32 {
  @inline(__always)
  fileprivate func rotated(_ count: UInt32) -> UInt32 {
    (self &>> count) | (self &<< (32 &- count))
  }
}

// One round; the letters are the standard's.
@inline(__always)
private func step(
  _ a: UInt32,
  _ b: UInt32,
  _ c: UInt32,
  _ d: inout UInt32,
  _ e: UInt32,
  _ f: UInt32,
  _ g: UInt32,
  _ h: inout UInt32,
  _ word: UInt32
) {
  let sum1 = e.rotated(6) ^ e.rotated(11) ^ e.rotated(25)
  let temporary = h &+ sum1 &+ ((e & f) ^ (~e & g)) &+ word
  let sum0 = a.rotated(2) ^ a.rotated(13) ^ a.rotated(22)
  d = d &+ temporary
  h = temporary &+ sum0 &+ ((a & b) ^ (a & c) ^ (b & c))
}

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
private let roundConstants: [UInt32] = [
  0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
  0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
  0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
  0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
  0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
  0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
  0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
  0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
]
