refused-stale = Ce code est trop ancien ou a déjà servi. Veuillez scanner le code que la carte ouverte affiche maintenant.
refused-unshown = Pour remettre cette récompense, veuillez scanner le code que la carte ouverte affiche maintenant.
fresh-needed = Pour remettre une récompense, veuillez scanner le code de la carte ouverte.
card-code-live = Ce code change toutes les trente secondes.

# A till asks on the open card; its owner answers.

confirm-title = { $what } ?
confirm-cost = Cela retire { $cost } de votre carte. Le magasin le remet dès que vous dites oui.
confirm-paid = C’est déjà payé. Le magasin le remet dès que vous dites oui.
confirm-yes = Oui, remettez-le
confirm-no = Non
confirm-said-yes = Vous avez dit oui. Le magasin peut le remettre maintenant.
confirm-said-no = Vous avez dit non. Rien n’est remis.
confirm-said-late = C’était trop tard : le magasin n’attend plus.
confirm-ask = Demander sur la carte du client
confirm-wait-title = La question est posée au client
confirm-wait = { $what } pour { $who } : la carte ouverte demande s’il faut le remettre.
confirm-look = Regarder à nouveau
confirm-yes-title = Le client a dit oui
confirm-yes-next = Cela peut être remis maintenant : { $what }.
confirm-give = Remettre { $what }
confirm-no-title = Le client a dit non
confirm-no-next = Rien n’est remis, et rien n’a été retiré de la carte.
confirm-over-title = Personne n’a répondu
confirm-over-next = La carte doit être ouverte sur le téléphone du client.
confirm-again = Demander à nouveau
