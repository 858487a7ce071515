# One sentence for each code of a refusal: error-<code>.
error-not-found = There is no such thing here.
