package import FlowCore

/// Refuses nothing and remembers nothing.
package struct UnlimitedSpending: SpendingMeter {
  package init() {}
  package func reserve(_ most: Cost) throws(FlowError) {}
  package func settle(_ attempt: CallAttempt, reserved: Cost) {}
}
