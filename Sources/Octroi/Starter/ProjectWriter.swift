import Foundation
import Glibc
import Pipeline
import StageKit
import Tabular

/// Puts the files of a new project into place: all of them or none, and only a project that passes
/// its own check.
struct ProjectWriter {
  let folder: String
  let force: Bool

  /// What has been done and may have to be undone.
  private struct Done {
    var folders: [String] = []
    var placed: [String] = []
    /// Files that were replaced: where they lie now, and where they belong.
    var replaced: [(backup: String, path: String)] = []
  }

  /// - Throws: `RunError`; the folder is then as it was.
  func write(_ files: [ProjectFile]) throws {
    try checkConflicts(files)
    var done = Done()
    do {
      try make(folder, &done)
      let staging = try stagingFolder()
      // Only once nothing has to be put back from there.
      defer { try? FileManager.default.removeItem(atPath: staging) }
      do {
        try fill(staging, files, &done)
      } catch {
        undo(done)
        throw error
      }
    } catch {
      for folder in done.folders.reversed() { rmdir(folder) }
      throw error
    }
  }

  private func fill(_ staging: String, _ files: [ProjectFile], _ done: inout Done) throws {
    for file in files { try stage(file, in: staging) }
    for (index, file) in files.enumerated() {
      let path = folder + "/" + file.path
      try make(SafeFile.folder(of: path), &done)
      try place(staging + "/" + file.path, path, backup: staging + "/old-\(index)", &done)
    }
    // In its place, where the paths in it mean what they will mean.
    try check()
    for file in files { SafeFile.syncFolder(of: folder + "/" + file.path) }
  }

  private func checkConflicts(_ files: [ProjectFile]) throws {
    // A file called as one of the project's folders would stop its first run.
    let folders = Set(files.compactMap { $0.path.split(separator: "/").dropLast().first })
    for name in [""] + folders.map(String.init).sorted() + ["out"] {
      var isFolder: ObjCBool = false
      let path = name.isEmpty ? folder : folder + "/" + name
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
        !isFolder.boolValue
      else { continue }
      throw RunError(
        .spec,
        Message(
          en: "'\(path)' is a file, and the project needs a folder of that name",
          fr: "« \(path) » est un fichier, et le projet a besoin d’un dossier de ce nom"),
        remedy: Message(
          en: "rename that file; files to look at come after --from",
          fr: "renommez ce fichier ; les fichiers à examiner viennent après --from"))
    }
    let present = files.map(\.path).filter { exists(folder + "/" + $0) }
    guard !present.isEmpty, !force else { return }
    let names = present.joined(separator: ", ")
    throw RunError(
      .spec,
      Message(
        en: "already there, and not replaced: \(names)",
        fr: "déjà là, et non remplacés : \(names)"),
      remedy: Message(
        en: "name another folder (octroi init FOLDER …), or replace them with --force",
        fr: "donnez un autre dossier (octroi init DOSSIER …), ou remplacez-les avec --force"))
  }

  private func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// Makes a folder and those above it, remembering which are new.
  private func make(_ path: String, _ done: inout Done) throws {
    var missing: [String] = []
    var current = path
    while !exists(current), current != ".", current != "/" {
      missing.append(current)
      current = SafeFile.folder(of: current)
    }
    try SafeFile.makeFolder(path, mode: 0o755)
    done.folders += missing.reversed()
  }

  private func stagingFolder() throws -> String {
    var template = Array((folder + "/.octroi-init-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
      throw RunError.machine(
        Message(en: "write into", fr: "écrire dans"), folder, errno)
    }
    return template.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { String(cString: $0) } ?? folder
    }
  }

  private func stage(_ file: ProjectFile, in staging: String) throws {
    let path = staging + "/" + file.path
    try SafeFile.makeFolder(SafeFile.folder(of: path), mode: 0o700)
    let mask = umask(0)
    umask(mask)
    let staged = try SafeFile(creating: path, mode: 0o666 & ~UInt16(mask))
    try staged.write(Array(file.text.utf8))
    try staged.finish()
  }

  /// The same checks as `octroi check` makes.
  private func check() throws {
    let result = Project.check(folder + "/" + StarterFolders.pipeline)
    guard let error = result.diagnostics.first(where: { $0.severity == .error }) else { return }
    throw RunError(
      .spec,
      Message(
        en: "the project would not pass its own check, and was not written: \(error.message.en)",
        fr: "le projet ne passerait pas son propre contrôle, et n’a pas été écrit : "
          + error.message.fr),
      remedy: error.remedy
        ?? Message(
          en: "please report this with the file's header",
          fr: "merci de le signaler avec l’en-tête du fichier"))
  }

  private func place(
    _ staged: String, _ path: String, backup: String, _ done: inout Done
  ) throws {
    if force, exists(path) {
      guard rename(path, backup) == 0 else { throw failed(path, errno) }
      done.replaced.append((backup, path))
    }
    // A link refuses to replace what somebody has put there meanwhile; not all disks have links.
    if link(staged, path) != 0 {
      let number = errno
      guard number != EEXIST, !exists(path), rename(staged, path) == 0 else {
        throw failed(path, number)
      }
    }
    done.placed.append(path)
  }

  private func failed(_ path: String, _ number: Int32) -> RunError {
    RunError.machine(Message(en: "write", fr: "écrire"), path, number)
  }

  private func undo(_ done: Done) {
    for path in done.placed { unlink(path) }
    for item in done.replaced { rename(item.backup, item.path) }
  }
}
