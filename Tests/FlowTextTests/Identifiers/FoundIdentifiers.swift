@testable import FlowText

/// The identifiers of a text, short to write and to compare.
func found(_ text: String) -> [Identifier] { IdentifierScanner().identifiers(in: text) }

func texts(_ text: String, _ kind: Identifier.Kind) -> [String] {
  found(text).filter { $0.kind == kind }.map(\.text)
}

func normals(_ text: String, _ kind: Identifier.Kind) -> [String] {
  found(text).filter { $0.kind == kind }.map(\.normal)
}
