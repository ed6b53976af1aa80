import FlowCore

extension SQLiteRecallIndex {
  func profiles(of ids: [StepID]) throws(FlowError) -> [StepProfile] {
    try ProfileColumns(session: session).profiles(of: ids)
  }
}
