refused-stale = Ce code est trop ancien ou a déjà servi. Veuillez scanner le code que la carte ouverte affiche maintenant.
refused-unshown = Pour remettre cette récompense, veuillez scanner le code que la carte ouverte affiche maintenant.
fresh-needed = Pour remettre une récompense, veuillez scanner le code de la carte ouverte.
card-code-live = Ce code change toutes les trente secondes.
