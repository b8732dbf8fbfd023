import Codecs
import Glibc
import Tabular

/// The bytes of a file as they lie on disk, read once from start to end, with the proof that
/// nobody changed it meanwhile.
final class RawFile: ByteSource {
  let file: InputFile
  private let descriptor: Int32
  private let opened: FileState
  /// Bytes read so far.
  private(set) var count = 0

  init(_ file: InputFile) throws(IngestError) {
    self.file = file
    descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { throw RawFile.gone(file.name) }
      throw IngestError.unreadable(file.name, errno: errno)
    }
    guard let state = FileState(descriptor: descriptor), state.isRegular else {
      close(descriptor)
      throw IngestError.unreadable(file.name, errno: EISDIR)
    }
    opened = state
    _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
  }

  deinit { close(descriptor) }

  /// The state of the file when it was opened.
  var state: FileState { opened }

  func read(into buffer: inout [UInt8], from start: Int) throws -> Int {
    let room = buffer.count - start
    guard room > 0 else { return 0 }
    while true {
      let got = buffer.withUnsafeMutableBytes { raw in
        raw.baseAddress.map { Glibc.read(descriptor, $0 + start, room) } ?? 0
      }
      if got >= 0 {
        count += got
        return got
      }
      if errno != EINTR { throw IngestError.unreadable(file.name, errno: errno) }
    }
  }

  /// To be called at the end of the file.
  /// - Throws: `IngestError` when its size, time or bytes are no longer those found at first.
  func verifyUnchanged() throws(IngestError) {
    guard FileState(descriptor: descriptor) == opened, count == opened.size,
      FileState(path: file.path) == opened
    else { throw changed() }
  }

  /// The error for a file that is no longer what it was.
  func changed() -> IngestError {
    IngestError(
      .unreadable, "changed_while_read", file: file.name,
      Message(
        en: "the file changed while it was read",
        fr: "le fichier a changé pendant sa lecture"),
      remedy: Message(
        en: "wait until it is wholly delivered; deliver under another name, then rename",
        fr: "attendez qu’il soit livré en entier ; livrez sous un autre nom, puis renommez"))
  }

  private static func gone(_ name: String) -> IngestError {
    IngestError(
      .missing, "missing_file", file: name,
      Message(en: "the file does not exist", fr: "le fichier n’existe pas"),
      remedy: Message(
        en: "it was there a moment ago: check whether another program moves it",
        fr: "il existait à l’instant : vérifiez si un autre programme le déplace"))
  }
}
