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
