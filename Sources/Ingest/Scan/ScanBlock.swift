/// Whole records of one file, to be worked on apart from all others.
struct ScanBlock: Sendable {
  /// Place among the blocks of the source, dense from 0; known when the block is given out.
  var sequence = 0
  /// Index of the file.
  let file: Int
  /// The records, and after `count` bytes of what follows them.
  let bytes: [UInt8]
  let count: Int
  /// Whether a record was only guessed to end at `count`.
  let isGuessed: Bool
  let isFirst: Bool
  let isLast: Bool
  /// Bytes of the file on disk to be hashed by whoever works on the block.
  let chunks: [ChunkedFile.Chunk]
  /// Set when the block is one line that is too long to be kept: its length in bytes; `bytes`
  /// then holds its beginning.
  let oversized: Int?
  /// Known with the last block.
  let ending: FileEnding?
}

/// What is known about a file once its last byte has been read.
struct FileEnding: Sendable {
  let bytes: Int
}
