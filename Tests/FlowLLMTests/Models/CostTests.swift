import FlowCore
import Testing

@Suite struct `Cost of a call` {
  @Test func `tokens that a cache had cost what the cache asks`() throws {
    let price = try #require(ModelPrice(input: 2.5, output: 10, cachedRead: 0.25, cacheWrite: 3.125))
    let usage = TokenUsage(input: 1000, cachedRead: 2000, cacheWrite: 400, output: 100)
    #expect(price.cost(of: usage).dollars == 0.0025 + 0.0005 + 0.00125 + 0.001)
  }

  @Test func `a price without a cache counts every token of the prompt as new`() throws {
    let price = try #require(ModelPrice(input: 0.15, output: 0.6))
    #expect(price.cost(of: TokenUsage(cachedRead: 1_000_000)).dollars == 0.15)
  }

  @Test func `the most of a call is no less than any use of its tokens`() throws {
    let price = try #require(ModelPrice(input: 2, output: 8, cachedRead: 0.2, cacheWrite: 2.5))
    let most = price.most(promptTokens: 100, outputTokens: 10)
    #expect(most >= price.cost(of: TokenUsage(cacheWrite: 100, output: 10)))
    #expect(most >= price.cost(of: TokenUsage(input: 100, output: 10)))
  }

  @Test(arguments: [-0.1, .nan, .infinity, 1e9]) func `a price that is none is refused`(_ price: Double) {
    #expect(ModelPrice(input: price, output: 1) == nil)
    #expect(Cost(dollars: price) == nil)
  }

  @Test func `a sum too large to count is the largest there is`() {
    #expect(Cost(picodollars: .max) + Cost(picodollars: 1) == Cost(picodollars: .max))
  }
}
