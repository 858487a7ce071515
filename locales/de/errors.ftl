# Ein Satz je Code einer Absage: error-<code>.
error-not-found = So etwas gibt es hier nicht.
