# What was tried too often, and devices that become a till by a short code.

problem-too-often = Trop d’essais.
problem-too-often-next = { $minutes ->
    [one] Veuillez réessayer dans une minute.
   *[other] Veuillez réessayer dans { $minutes } minutes.
}

pair-revoked = Cet appareil n’est plus une caisse : sa connexion a été retirée. La personne qui gère cette installation peut lui donner un nouveau code.
pair-by-code = Connecter avec un code court
pair-by-code-lead = La personne qui gère cette installation vous donne huit caractères, valables une fois, pendant dix minutes.
pair-code = Code court
pair-code-hint = Huit lettres et chiffres, par exemple 7KQ4-M2XA. Les majuscules et les tirets n’ont pas d’importance.
pair-code-refused = Ce code ne connecte pas de caisse, ou il a expiré. Veuillez le vérifier ou en demander un nouveau.
pair-code-used = Ce code a déjà connecté un appareil. Veuillez en demander un nouveau.
pair-by-token = Connecter avec le code long
