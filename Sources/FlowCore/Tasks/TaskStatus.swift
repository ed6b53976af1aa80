/// How far a task has come, as a person or an agent set it.
///
/// A task that only waits for its dependencies is `todo`; whether it is *ready* follows from the graph.
public enum TaskStatus: String, Sendable, Hashable, CaseIterable {
  case todo, doing, done, blocked
}
