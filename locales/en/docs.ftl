# The frame of the documentation pages; the document itself is in English.

docs-contents = Contents
docs-schemas = Schemas
docs-raw = The document itself (OpenAPI 3.1, JSON)
docs-scopes = Needs the scope
docs-parameters = Parameters
docs-required = required
docs-body = Body
docs-answers = Answers
