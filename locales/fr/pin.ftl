# Who serves, and their PIN: read by staff, in a hurry.

pin-who = Qui sert ?
pin-who-manages = Quel responsable l’autorise ?
pin-label = Code PIN
pin-confirm = Confirmer
pin-leave = Revenir sans rien faire
pin-without = Continuer sans code PIN
pin-nobody = Personne ici n’a encore de code PIN. Un responsable les attribue dans la gestion.
pin-no-manager = Aucun responsable de ce magasin n’a de code PIN.
pin-ask-manager = Demander à un responsable
pin-typed =
    { $count ->
        [one] { $count } chiffre
       *[other] { $count } chiffres
    }

turn-begin = Dire qui sert
turn-end = Passer la main

own-pin = Changer mon code PIN
own-pin-title = Votre propre code PIN
own-pin-lead = Personne d’autre ne l’apprend, pas même un responsable. L’ancien ne fonctionne plus aussitôt.
own-pin-old = Code PIN actuel
own-pin-submit = Enregistrer mon code PIN
own-pin-must = Veuillez choisir votre propre code PIN avant de continuer.

pin-reason = Pourquoi
pin-reason-request = À la demande du client
pin-reason-complaint = Une réclamation
pin-reason-goodwill = Par geste commercial
pin-reason-other = Autre chose
