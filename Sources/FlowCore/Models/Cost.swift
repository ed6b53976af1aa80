/// An amount of US dollars, exact: whole picodollars (10⁻¹² $), since one token may cost less than a nanodollar.
public struct Cost: Sendable, Hashable, Comparable {
  public var picodollars: Int

  public static let zero = Cost(picodollars: 0)

  public init(picodollars: Int) { self.picodollars = picodollars }

  /// An amount in dollars, to the nearest picodollar; nil for what is negative, not finite or above a million.
  public init?(dollars: Double) {
    guard dollars >= 0, dollars <= 1_000_000 else { return nil }
    picodollars = Int((dollars * 1e12).rounded())
  }

  public var dollars: Double { Double(picodollars) / 1e12 }

  public static func < (left: Cost, right: Cost) -> Bool { left.picodollars < right.picodollars }

  /// The sum; amounts too large to count are the largest there is, so that no limit is passed by wrapping round.
  public static func + (left: Cost, right: Cost) -> Cost {
    let (sum, overflows) = left.picodollars.addingReportingOverflow(right.picodollars)
    return Cost(picodollars: overflows ? .max : sum)
  }

  public static func - (left: Cost, right: Cost) -> Cost {
    Cost(picodollars: left.picodollars - right.picodollars)
  }
}

/// What a model's tokens cost.
public struct ModelPrice: Sendable, Hashable {
  /// In picodollars a token, which is millionths of a dollar for a million tokens.
  public var input: Int
  public var cachedRead: Int
  public var cacheWrite: Int
  public var output: Int

  /// Prices in dollars for a million tokens; nil where one is negative, not finite or above 1,000,000.
  ///
  /// - Parameters:
  ///   - cachedRead: as `input` where nil.
  ///   - cacheWrite: as `input` where nil.
  public init?(input: Double, output: Double, cachedRead: Double? = nil, cacheWrite: Double? = nil) {
    func perToken(_ price: Double) -> Int? {
      price >= 0 && price <= 1_000_000 ? Int((price * 1e6).rounded(.up)) : nil
    }
    guard let input = perToken(input), let output = perToken(output),
      let cachedRead = perToken(cachedRead ?? Double(input) / 1e6),
      let cacheWrite = perToken(cacheWrite ?? Double(input) / 1e6)
    else { return nil }
    self.input = input
    self.output = output
    self.cachedRead = cachedRead
    self.cacheWrite = cacheWrite
  }

  /// What a call cost.
  public func cost(of usage: TokenUsage) -> Cost {
    amount(usage.input, input) + amount(usage.cachedRead, cachedRead) + amount(usage.cacheWrite, cacheWrite)
      + amount(usage.output, output)
  }

  /// The most that a call with at most so many tokens can cost, whatever a cache does.
  public func most(promptTokens: Int, outputTokens: Int) -> Cost {
    amount(promptTokens, max(input, cachedRead, cacheWrite)) + amount(outputTokens, output)
  }

  private func amount(_ tokens: Int, _ price: Int) -> Cost {
    let (product, overflows) = max(0, tokens).multipliedReportingOverflow(by: price)
    return Cost(picodollars: overflows ? .max : product)
  }
}
