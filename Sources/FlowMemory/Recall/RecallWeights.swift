/// How much each feature counts.
struct RecallWeights: Sendable {
  /// In the order of `RecallFeature.allCases`.
  let values: [Double]

  init(_ weights: [RecallFeature: Double]) {
    values = RecallFeature.allCases.map { weights[$0] ?? 0 }
  }

  subscript(feature: RecallFeature) -> Double { values[feature.rawValue] }
}
