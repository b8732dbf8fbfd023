import Ingest
import Tabular

extension RunError {
  /// Any failure as users are told of it, with the exit code that it asks for.
  static func explaining(_ error: any Error) -> RunError {
    switch error {
    case let error as RunError: return error
    case let error as IngestError: return RunError(error)
    case let error as OperatorError: return RunError(.refused, error.message)
    case let error as SpillError: return .machine(RunMessages.write, error.folder, error.number)
    default: return RunError(.machine, RunMessages.unexpected)
    }
  }
}
