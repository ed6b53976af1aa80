import FlowCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

// A segment's terms in the order of their bytes, cut into pages that each fill one page of the file. An entry is
//
//     length of the term's UTF-8, the UTF-8
//     number of postings
//     if there is more than one: number of bytes of the posting list
//     the posting list: see `PostingList.encoded`
//
// A list that is too long for a page stands in one of its own.

/// A term in the bytes of a page.
struct TermEntry {
  let term: Range<Int>
  /// How many postings there are.
  let count: Int
  let list: Range<Int>
}

/// Reads the entries of a page, in ascending order of terms.
struct TermPageReader {
  private var reader: LEB128Reader
  /// Whether the bytes cannot be a page; known at the end of reading.
  private(set) var isDamaged = false

  init(_ bytes: UnsafeRawBufferPointer) {
    reader = LEB128Reader(bytes)
  }

  /// The next entry, or nil at the end and where the bytes are damaged.
  mutating func next() -> TermEntry? {
    guard !reader.isAtEnd, !isDamaged else { return nil }
    guard let length = reader.number(), let term = reader.skip(length), let count = reader.number(),
      count > 0, let list = list(of: count)
    else {
      isDamaged = true
      return nil
    }
    return TermEntry(term: term, count: count, list: list)
  }

  /// The next entry, where those whose terms certainly come before a term of this prefix are passed over.
  ///
  /// A look-up reads half a page, and nearly all entries of a page have few postings: they are passed over by one
  /// comparison of integers each, and whatever is unusual or damaged is left to `next`.
  mutating func next(notBelow prefix: UInt64) -> TermEntry? {
    let bytes = reader.bytes
    let start = reader.position
    var position = start
    while position &+ 9 <= bytes.count {
      let length = bytes[position]
      guard length < 0x80 else { break }
      let word = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: position &+ 1, as: UInt64.self))
      let head = length < 8 ? word & ~(.max &>> (UInt64(length) &* 8)) : word
      guard head < prefix else { break }
      var end = position &+ 1 &+ Int(length)
      guard end &+ 2 < bytes.count else { break }
      let count = bytes[end]
      if count == 1 {
        end &+= 1
        while end < bytes.count, bytes[end] >= 0x80 { end &+= 1 }
        end &+= 2
      } else {
        guard count < 0x80, bytes[end &+ 1] < 0x80 else { break }
        end &+= 2 &+ Int(bytes[end &+ 1])
      }
      guard end <= bytes.count else { break }
      position = end
    }
    _ = reader.skip(position &- start)
    return next()
  }

  private mutating func list(of count: Int) -> Range<Int>? {
    guard count == 1 else { return reader.number().flatMap { reader.skip($0) } }
    let start = reader.position
    guard reader.number() != nil, reader.byte() != nil else { return nil }
    return start..<reader.position
  }
}

/// A page that grows.
struct TermPage {
  /// With the term itself and the row's head this fills a page of 4,096 bytes.
  private static let room = 4030

  private(set) var bytes: [UInt8] = []
  /// The first of its terms, by which it is found.
  private(set) var first: [UInt8] = []

  var isEmpty: Bool { bytes.isEmpty }

  /// Whether an entry still fits beside those that are there.
  func hasRoom(term: ArraySlice<UInt8>, list: ArraySlice<UInt8>) -> Bool {
    bytes.count + first.count + term.count + list.count + 8 <= Self.room
  }

  mutating func append(term: ArraySlice<UInt8>, count: Int, list: ArraySlice<UInt8>) {
    if bytes.isEmpty { first = Array(term) }
    bytes.append(leb128: term.count)
    bytes.append(contentsOf: term)
    bytes.append(leb128: count)
    if count > 1 { bytes.append(leb128: list.count) }
    bytes.append(contentsOf: list)
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    first.removeAll(keepingCapacity: true)
  }
}

/// The first eight bytes of a term as a number, zeros behind its end.
///
/// Where these differ, terms are in the same order.
func termPrefix(_ term: UnsafeRawBufferPointer) -> UInt64 {
  var prefix: UInt64 = 0
  for index in 0..<8 {
    prefix = prefix &<< 8 | (index < term.count ? UInt64(term[index]) : 0)
  }
  return prefix
}

/// Compares terms by their bytes, as SQLite compares BLOBs; below 0, 0 or above 0, as memcmp.
func compareTerms(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
  let shared = min(left.count, right.count)
  if shared > 0, let leftStart = left.baseAddress, let rightStart = right.baseAddress {
    let order = memcmp(leftStart, rightStart, shared)
    if order != 0 { return Int(order) }
  }
  return left.count - right.count
}
