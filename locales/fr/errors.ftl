# Une phrase par code de refus : error-<code>.
error-not-found = Cela n’existe pas ici.
