import ArgumentParser
import Octroi

/// Prints the manual page, made from the commands' own help.
struct ManCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "man", abstract: "Print the manual page octroi(1).", shouldDisplay: false)

  func run() {
    var page = [
      ".TH OCTROI 1 \"\" \"octroi \(octroiVersion)\" \"User commands\"",
      ".SH NAME", "octroi \\- " + Self.escaped(OctroiCommand.configuration.abstract),
      ".SH SYNOPSIS", ".B octroi", "command [options]",
      ".SH DESCRIPTION", Self.escaped(OctroiCommand.configuration.discussion),
      ".SH COMMANDS",
    ]
    for command in OctroiCommand.configuration.subcommands where command.configuration.shouldDisplay
    {
      page += [".SS octroi " + (command.configuration.commandName ?? ""), ".nf"]
      page += OctroiCommand.helpMessage(for: command).split(
        separator: "\n", omittingEmptySubsequences: false
      ).map { Self.escaped(String($0)) }
      page.append(".fi")
    }
    page += [
      ".SH ENVIRONMENT",
      ".TP", ".B OCTROI_STATE", "Folder of the ledger, locks and scratch, on a local disk.",
      ".TP", ".B OCTROI_KEYS", "Folder of the key files, outside of the project.",
      ".TP", ".B OCTROI_KEY_SCOPE",
      "Secret key of a pseudonym scope, as hexadecimal digits; OCTROI_KEY_SCOPE_V1 for key 1.",
      ".TP", ".B NO_COLOR", "No colours.",
    ]
    Terminal.give(page.joined(separator: "\n") + "\n")
  }

  /// roff takes a leading dot or quote and every backslash as its own.
  private static func escaped(_ text: String) -> String {
    let plain = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    return plain.hasPrefix(".") || plain.hasPrefix("'") ? "\\&" + plain : plain
  }
}
