import ArgumentParser
import Octroi
import Pipeline

/// Erases a person from the vault and lists where else the person is.
struct ForgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: told(
      en: "Forget a person: vault rows, affected exports, recipients.",
      fr: "Oublie une personne : lignes du coffre, exports concernés, destinataires."),
    discussion: told(
      en: """
        Asks for the person's identifiers (e-mail, telephone, number…), one a line, without \
        showing them, or reads them from standard input; they are never arguments. Derives the \
        person's pseudonyms under every key and scope that the ledger knows of, takes the person \
        out of the memory of releases, removes the vault's rows, and lists the published files \
        that hold or may have held them, with their audiences and recipients, and those that hold \
        an identifier in clear.
        """,
      fr: """
        Demande les identifiants de la personne (courriel, téléphone, numéro…), un par ligne, \
        sans les montrer, ou les lit sur l’entrée standard ; ce ne sont jamais des arguments. En \
        dérive les pseudonymes sous chaque clé et dans chaque domaine que le registre connaît, \
        retire la personne de la mémoire des diffusions et ses lignes du coffre, et liste les \
        fichiers publiés qui contiennent ou ont pu contenir ces pseudonymes, avec leurs publics \
        et leurs destinataires, et ceux qui contiennent un identifiant en clair.
        """))

  @Flag(help: told(en: "List, and remove nothing.", fr: "Liste, et ne retire rien."))
  var dryRun = false

  @OptionGroup var common: SharedOptions

  func run() throws {
    let prompt = Message(
      en: "Identifiers of the person, one a line, then an empty line (not shown): ",
      fr: "Identifiants de la personne, un par ligne, puis une ligne vide (non affichés) : ")
    let identifiers = SecretInput.lines(prompt.text(common.language))
    guard !identifiers.isEmpty else {
      Terminal.say(
        Message(en: "no identifier was given", fr: "aucun identifiant n’a été donné")
          .text(common.language))
      throw ExitCode(2)
    }
    let result = try Terminal.telling(common.language) {
      try Project.forget(identifiers, isDry: dryRun)
    }
    Terminal.give(
      common.json
        ? try result.json()
        : result.text(common.language, isDry: dryRun, shown: Terminal.shown))
  }
}

/// Tells whose tokens are.
struct RevealCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reveal",
    abstract: told(
      en: "Tell whose tokens are, from the vault, with its key.",
      fr: "Dit de qui sont des jetons, d’après le coffre, avec sa clé."),
    discussion: told(
      en: """
        Reads tokens from standard input, one a line, and writes CSV: token, domain, value. Needs \
        the scope's key. What it writes is personal data.
        """,
      fr: """
        Lit des jetons sur l’entrée standard, un par ligne, et écrit du CSV : token, domain, \
        value. La clé du domaine est nécessaire. Ce qui est écrit est une donnée personnelle.
        """))

  @Argument(
    help: told(
      en: "The scope of the tokens.", fr: .init("Le domaine des jetons.", valueName: "domaine")))
  var scope: String

  @OptionGroup var common: SharedOptions

  func run() throws {
    let tokens = SecretInput.lines("")
    let answers = try Terminal.telling(common.language) {
      try Project.reveal(tokens, scope: scope)
    }
    var text = "token,domain,value\r\n"
    for answer in answers {
      text += [answer.token, answer.domain, answer.value].map(Self.cell).joined(separator: ",")
      text += "\r\n"
    }
    Terminal.give(text)
    if answers.isEmpty, !tokens.isEmpty { throw ExitCode(1) }
  }

  private static func cell(_ text: String) -> String {
    text.contains(where: { "\",\r\n".contains($0) })
      ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}
