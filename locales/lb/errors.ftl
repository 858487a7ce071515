# Ee Saz fir all Code vun enger Ofso: error-<code>.
error-not-found = Sou eppes gëtt et hei net.
