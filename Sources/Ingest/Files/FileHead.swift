import Codecs
import Tabular

/// The first bytes of a file, for deciding what it is.
enum FileHead {
  /// At most `count` raw bytes.
  static func read(_ file: InputFile, count: Int) throws(IngestError) -> [UInt8] {
    let raw = try RawFile(file)
    return try fill(raw, file, count)
  }

  /// At most `count` bytes of the text, inflated if the file is gzip.
  /// - Throws: `IngestError` also for a gzip file that is damaged within them.
  static func text(
    _ file: InputFile, count: Int
  ) throws(IngestError) -> (bytes: [UInt8], isGzip: Bool) {
    let opened = try open(file)
    return (try fill(opened.source, file, count), opened.isGzip)
  }

  /// The text of a file from its start, inflated if it is gzip.
  static func open(
    _ file: InputFile
  ) throws(IngestError) -> (source: any ByteSource, raw: RawFile, isGzip: Bool) {
    let raw = try RawFile(file)
    let head = try read(file, count: 2)
    guard GzipReader.recognises(head[...]) else { return (raw, raw, false) }
    guard let inflater = try? IsalInflater() else {
      throw IngestError(CodecError(.codec, file: file.name, offset: 0))
    }
    return (GzipReader(raw, file: file.name, inflater: inflater), raw, true)
  }

  private static func fill(
    _ source: any ByteSource, _ file: InputFile, _ count: Int
  ) throws(IngestError) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: count)
    var filled = 0
    do {
      while filled < count {
        let got = try source.read(into: &buffer, from: filled)
        if got == 0 { break }
        filled += got
      }
    } catch let error as IngestError {
      throw error
    } catch let error as CodecError {
      throw IngestError(error)
    } catch {
      throw IngestError.unreadable(file.name, errno: 5)
    }
    buffer.removeLast(count - filled)
    return buffer
  }
}
