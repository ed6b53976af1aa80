import Glibc

/// Threads of a server's own, which can be waited for: what blocks must not block the tasks of the tests.
final class ThreadGroup: Sendable {
  // The lock inside guards the rest, and the pointer never changes.
  private nonisolated(unsafe) let state: UnsafeMutablePointer<State>

  private struct State {
    var lock = pthread_mutex_t()
    var ended = pthread_cond_t()
    var running = 0
  }

  init() {
    state = .allocate(capacity: 1)
    state.initialize(to: State())
    pthread_mutex_init(&state.pointee.lock, nil)
    pthread_cond_init(&state.pointee.ended, nil)
  }

  deinit {
    pthread_cond_destroy(&state.pointee.ended)
    pthread_mutex_destroy(&state.pointee.lock)
    state.deallocate()
  }

  /// Does some work on a thread that is made for it.
  func run(_ work: @escaping @Sendable () -> Void) {
    pthread_mutex_lock(&state.pointee.lock)
    state.pointee.running += 1
    pthread_mutex_unlock(&state.pointee.lock)
    let job = Unmanaged.passRetained(Job(group: self, work: work))
    var thread = pthread_t()
    let code = pthread_create(
      &thread,
      nil,
      { argument in
        guard let argument else { return nil }
        let job = Unmanaged<Job>.fromOpaque(argument).takeRetainedValue()
        job.work()
        job.group.leave()
        return nil
      },
      job.toOpaque()
    )
    precondition(code == 0, "no thread can be made: \(code)")
    pthread_detach(thread)
  }

  /// Waits until all threads have done their work.
  func wait() {
    pthread_mutex_lock(&state.pointee.lock)
    while state.pointee.running > 0 { pthread_cond_wait(&state.pointee.ended, &state.pointee.lock) }
    pthread_mutex_unlock(&state.pointee.lock)
  }

  private func leave() {
    pthread_mutex_lock(&state.pointee.lock)
    state.pointee.running -= 1
    pthread_cond_broadcast(&state.pointee.ended)
    pthread_mutex_unlock(&state.pointee.lock)
  }

  private final class Job: Sendable {
    let group: ThreadGroup
    let work: @Sendable () -> Void

    init(group: ThreadGroup, work: @escaping @Sendable () -> Void) {
      self.group = group
      self.work = work
    }
  }
}
