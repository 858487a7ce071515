# Der Rahmen der Dokumentation; das Dokument selbst ist englisch.

docs-contents = Inhalt
docs-schemas = Schemata
docs-raw = Das Dokument selbst (OpenAPI 3.1, JSON)
docs-scopes = Nötiges Recht
docs-parameters = Parameter
docs-required = Pflicht
docs-body = Inhalt der Anfrage
docs-answers = Antworten
