@_exported import Tabular

/// The version of the library and the command, told in manifests and the ledger.
public let octroiVersion = "0.1.0"
