# Le cadre de la documentation ; le document lui-même est en anglais.

docs-contents = Sommaire
docs-schemas = Schémas
docs-raw = Le document lui-même (OpenAPI 3.1, JSON)
docs-scopes = Droit nécessaire
docs-parameters = Paramètres
docs-required = obligatoire
docs-body = Corps
docs-answers = Réponses
