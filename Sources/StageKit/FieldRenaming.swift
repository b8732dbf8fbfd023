/// A stage that calls fields otherwise and changes nothing else.
public protocol FieldRenaming: Stage {
  /// By new name of a field, its old one; all fields.
  var oldNames: [String: String] { get }
}
