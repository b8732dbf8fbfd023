import Tabular

/// What is said of registers.
enum RegisterMessages {
  static func lacks(_ what: Message, of owner: Message) -> Message {
    Message(
      en: "the register lacks '\(what.en)' of \(owner.en)",
      fr: "il manque au registre des traitements « \(what.fr) » de \(owner.fr)")
  }

  static func write(_ path: String) -> Message {
    Message(en: "write it under \(path)", fr: "écrivez-le sous \(path)")
  }

  static func otherCharter(_ pipeline: String) -> Message {
    Message(
      en: "'\(pipeline)' is held to another charter, and a register is of one",
      fr: "« \(pipeline) » relève d’une autre charte, et un registre n’en a qu’une")
  }

  static let pin = Message(
    en: "name the charter in octroi.yml, or make a register of each",
    fr: "désignez la charte dans octroi.yml, ou faites un registre de chacune")

  static func nearKey(_ key: String, _ near: String) -> Message {
    Message(
      en: "nothing reads '\(key)' (did you mean '\(near)'?)",
      fr: "rien ne lit « \(key) » (vouliez-vous dire « \(near) » ?)")
  }

  static func notCovered(_ file: String) -> Message {
    Message(
      en: "'\(file)' lies beside the charter and is not in this register",
      fr: "« \(file) » est à côté de la charte et pas dans ce registre")
  }

  static let nameAll = Message(
    en: "name no pipeline, and all of them are in it",
    fr: "ne nommez aucun pipeline, et tous y sont")

  static let refused = Message(
    en: "no register is written: it would be silent on what does not pass the check",
    fr: "aucun registre n’est écrit : il tairait ce qui ne passe pas le contrôle")

  static let repair = Message(
    en: "mend it, or name the pipelines that do pass: the register then says which are not in it",
    fr: "corrigez, ou nommez les pipelines qui le passent : le registre dit alors lesquels n’y "
      + "sont pas")
}
