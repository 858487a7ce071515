# Les mots de toutes les pages. Le client et le personnel sont vouvoyés.

skip-to-content = Aller au contenu
language = Langue
theme = Apparence
theme-system = Comme l’appareil
theme-light = Clair
theme-dark = Sombre
close = Fermer
cancel = Annuler
optional = facultatif
try-again = Réessayer
form-errors = Veuillez vérifier :

labelled = { $label } : { $value }

day-today = aujourd’hui
day-tomorrow = demain
day-yesterday = hier

stamps =
    { $count ->
        [one] { $shown } tampon
       *[other] { $shown } tampons
    }
points =
    { $count ->
        [one] { $shown } point
       *[other] { $shown } points
    }
points-word =
    { $count ->
        [one] point
       *[other] points
    }

card-stamps =
    { $have ->
        [one] { $have } tampon sur { $target }, encore { $missing }
       *[other] { $have } tampons sur { $target }, encore { $missing }
    }
card-stamps-full =
    { $have ->
        [one] { $have } tampon sur { $target }, une récompense est prête
       *[other] { $have } tampons sur { $target }, une récompense est prête
    }
card-stamps-over = { $stamps }, une récompense est prête
card-count = { $have } sur { $target }
card-to-go = encore { $missing }
card-reward-ready = récompense prête
card-points-next = encore { $missing } : { $reward }

rewards = Récompenses
reward-missing = encore { $amount }
reward-away = pas disponible actuellement
lately = Récemment
why = pourquoi ?
balance-after = Solde ensuite : { $balance }

event-enrolled = Bienvenue
event-stamped = Tampon
event-earned = Achat
event-redeemed = Récompense
event-voided = Annulation
event-voided-what = Annulé : { $what }
event-returned = Retour
event-adjusted = Correction
event-expired = Expiration
event-blocked = Carte bloquée
event-unblocked = Carte débloquée
event-replaced = Carte remplacée
event-closed = Carte clôturée
event-confirmed = Adresse confirmée
event-merged = Cartes réunies
event-taken-back = annulé

problem-not-found = Il n’y a rien à cette adresse.
problem-not-found-next = Il manque peut-être une lettre. Veuillez rouvrir le lien là où vous l’avez trouvé.
problem-broken = Un problème est survenu de notre côté.
problem-broken-next = Rien de ce que vous avez fait n’est perdu. Veuillez réessayer dans un instant.
problem-later-next = Veuillez patienter un instant, puis réessayer.
problem-other-next = Veuillez revenir en arrière et essayer autrement.
problem-forbidden = Cela n’est pas permis ici.
problem-not-understood = Cette demande n’a pas pu être comprise.
problem-too-large = C’était trop à la fois.
problem-busy = Il y a trop d’activité en ce moment.
problem-request = Si vous nous le signalez, veuillez indiquer
problem-home = Vers la page d’accueil
