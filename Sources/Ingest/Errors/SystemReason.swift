import Glibc
import Tabular

/// The system's reasons in words, in both languages (its own texts follow the locale, ours do not).
enum SystemReason {
  static func text(_ number: Int32) -> Message {
    switch number {
    case ENOENT: Message(en: "it does not exist", fr: "il n’existe pas")
    case EACCES, EPERM: Message(en: "permission denied", fr: "accès refusé")
    case EISDIR: Message(en: "it is a folder", fr: "c’est un dossier")
    case ENOTDIR:
      Message(
        en: "a part of the path is not a folder", fr: "un élément du chemin n’est pas un dossier")
    case ENOSPC, EDQUOT: Message(en: "no space is left", fr: "il n’y a plus d’espace libre")
    case EROFS:
      Message(en: "the file system is read-only", fr: "le système de fichiers est en lecture seule")
    case EIO: Message(en: "the disk or network failed", fr: "le disque ou le réseau a failli")
    case EMFILE, ENFILE: Message(en: "too many files are open", fr: "trop de fichiers sont ouverts")
    case ENAMETOOLONG: Message(en: "the name is too long", fr: "le nom est trop long")
    case ELOOP: Message(en: "too many symbolic links", fr: "trop de liens symboliques")
    default: Message(en: "system error \(number)", fr: "erreur système \(number)")
    }
  }
}
