import Tabular

/// What is said of releases of the same persons.
enum ReleaseMessages {
  static func refused(_ audit: ReleaseAudit, k: Int) -> OperatorError {
    OperatorError(
      Message(
        en: "k_anonymise: together with an earlier release of the same persons, who knows the "
          + "quasi-identifiers finds some among fewer than \(k) (pairs of classes: "
          + "\(audit.tooFew)); publish at the earlier release's levels (`solution:`), with a "
          + "larger k, or under pseudonyms of a new scope, which nobody can link to the "
          + "earlier ones",
        fr: "k_anonymise : avec une diffusion antérieure des mêmes personnes, qui connaît les "
          + "quasi-identifiants en trouve parmi moins de \(k) (paires de classes : "
          + "\(audit.tooFew)) ; publiez aux niveaux de la diffusion antérieure (`solution:`), avec "
          + "un k plus grand, ou sous des pseudonymes d’un nouveau domaine, que personne ne peut "
          + "relier aux précédents"))
  }

  static func held(_ earlier: Int, k: Int) -> Message {
    earlier == 0
      ? Message(
        en: "no earlier release of these persons is remembered: nothing to audit this one with",
        fr: "aucune diffusion antérieure de ces personnes n’est en mémoire : rien avec quoi "
          + "auditer celle-ci")
      : Message(
        en:
          "audited with the earlier releases of these persons (\(earlier)): who has them all, two "
          + "at a time, finds everyone of both among \(k)",
        fr: "auditée avec les diffusions antérieures de ces personnes (\(earlier)) : qui les a "
          + "toutes, deux à deux, trouve chacune présente dans les deux parmi \(k)")
  }

  static func presence(arrivals: Int, departures: Int, k: Int) -> Message {
    Message(
      en: "classes of which only a few persons (fewer than \(k)) came (\(arrivals)) or went "
        + "(\(departures)) between two releases: who knows when a person did is led to these; "
        + "release less often, or under pseudonyms of a new scope",
      fr: "classes où peu de personnes (moins de \(k)) sont arrivées (\(arrivals)) ou parties "
        + "(\(departures)) entre deux diffusions : qui sait quand une personne l’a fait est mené à "
        + "celles-ci ; diffusez moins souvent, ou sous des pseudonymes d’un nouveau domaine")
  }

  static let needsMemory = OperatorError(
    Message(
      en: "k_anonymise: the persons to be audited with earlier releases exceed the memory allowed; "
        + "raise --memory",
      fr: "k_anonymise : les personnes à auditer avec des diffusions antérieures dépassent la "
        + "mémoire permise ; augmentez --memory"))
}
