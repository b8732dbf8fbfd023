/// Lays down what a stage chose and a person has to review before anything of the run leaves.
///
/// - Parameters:
///   - path: as the spec's files are resolved; nothing is there yet.
///   - content: of the file.
/// - Throws: what tells that it cannot be written.
public typealias KeepProposal = @Sendable (_ path: String, _ content: [UInt8]) throws -> Void
