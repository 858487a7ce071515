# De Kader vun der Dokumentatioun; d’Dokument selwer ass op Englesch.

docs-contents = Inhalt
docs-schemas = Schemaen
docs-raw = D’Dokument selwer (OpenAPI 3.1, JSON)
docs-scopes = Néidegt Recht
docs-parameters = Parameteren
docs-required = obligatoresch
docs-body = Inhalt vun der Ufro
docs-answers = Äntwerten
