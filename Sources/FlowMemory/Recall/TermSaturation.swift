import Glibc

/// How much a term tells in a step, without its rarity: the part of Okapi BM25 that can be computed when a step
/// is indexed (Robertson and Zaragoza 2009).
///
/// The average length of all steps, which changes with each, is replaced by a constant, so that a weight stands
/// for good and the index can bound what a block of postings may add.
enum TermSaturation {
  /// How soon more of the same term stops telling more.
  static let saturation = 0.9
  /// How much a long step is held against it; low, since a long tool output is not diffuse but long.
  static let lengthPenalty = 0.4
  /// The length in terms that is neither long nor short.
  static let pivot = 40.0
  /// What no weight reaches.
  static let bound = saturation + 1

  /// Above 0, below `bound`.
  static func weight(frequency: Int, length: Int) -> Double {
    let frequency = Double(frequency)
    return frequency * bound / (frequency + norm(length: length, average: pivot))
  }

  /// What a text's length adds to a frequency below the line.
  static func norm(length: Int, average: Double) -> Double {
    saturation * (1 - lengthPenalty + lengthPenalty * Double(length) / average)
  }

  /// A weight as the index keeps it: 1 to 255.
  static func quantized(_ weight: Double) -> UInt8 {
    UInt8(max(1, min(255, (255 * weight / bound).rounded())))
  }

  /// The weight that was quantised, to within half of a 255th of `bound`.
  static func restored(_ weight: UInt8) -> Double {
    Double(weight) * bound / 255
  }

  /// What a term tells that stands in `count` of the steps: an inverse document frequency that is never negative.
  static func rarity(count: Int, among steps: Int) -> Double {
    log(1 + (Double(max(steps, count) - count) + 0.5) / (Double(count) + 0.5))
  }
}
