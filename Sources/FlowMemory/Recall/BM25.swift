import Glibc

/// The Okapi BM25 weight of one term in one document (Robertson and Zaragoza 2009, "The Probabilistic Relevance
/// Framework: BM25 and Beyond"), with the inverse document frequency that is never negative.
struct BM25 {
  /// How soon more of the same term stops telling more.
  let saturation = 0.9
  /// How much a long document is held against it; low, since a long tool output is not diffuse but long.
  let lengthPenalty = 0.4
  let documents: Int
  let averageLength: Double

  init(documents: Int, totalLength: Int) {
    self.documents = documents
    averageLength = max(1, Double(totalLength) / Double(max(1, documents)))
  }

  /// What a term says that stands in `frequency` of the documents.
  func inverseFrequency(_ frequency: Int) -> Double {
    log(1 + (Double(documents) - Double(frequency) + 0.5) / (Double(frequency) + 0.5))
  }

  /// The weight of a term in a document, without its inverse document frequency: 0 to 1.9.
  func weight(frequency: Int, length: Int) -> Double {
    weight(frequency: Double(frequency), length: length)
  }

  func weight(frequency: Double, length: Int) -> Double {
    let norm = saturation * (1 - lengthPenalty + lengthPenalty * Double(length) / averageLength)
    return frequency * (saturation + 1) / (frequency + norm)
  }
}
