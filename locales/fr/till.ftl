# Ce que le personnel lit à la caisse : court, actif, lisible à un mètre.

till-title = Caisse
till-online = en ligne
till-offline = pas de connexion
till-menu = Menu
till-end = Déconnecter cette caisse
till-away = Pas de connexion. Rien n’est perdu : l’écran reste tel quel, et vous continuez dès que la connexion revient.
till-waiting = Un instant …
till-slow = Cela prend plus de temps que d’habitude. Réessayer est sans risque : rien ne compte deux fois.
till-failed = La caisse n’a pas pu joindre le serveur. Réessayer est sans risque : rien ne compte deux fois.

pair-title = Connecter cette caisse
pair-lead = Cet appareil devient la caisse d’un magasin. Vous ne le faites qu’une fois.
pair-token = Code du terminal
pair-hint = Vous le trouvez dans la gestion, sous Terminaux. Dans la démonstration, il est déjà rempli.
pair-submit = Connecter

scan-label = Scanner une carte ou saisir son numéro
scan-placeholder = Scanner, ou saisir un numéro
scan-find = Chercher

today-title = Aujourd’hui · { $store }
today-stamps =
    { $count ->
        [one] tampon
       *[other] tampons
    }
today-points =
    { $count ->
        [one] point
       *[other] points
    }
today-rewards =
    { $count ->
        [one] récompense
       *[other] récompenses
    }
today-cards =
    { $count ->
        [one] nouvelle carte
       *[other] nouvelles cartes
    }
today-hours = Visites par heure
last-five = Les cinq derniers
last-empty = Ce que vous faites à cette caisse apparaît ici.
last-hint = Ouvrez une carte pour annuler une opération.

till-card-number = Carte { $number }
till-member-since = Membre depuis le { $date }
till-last-visit = Dernière visite : { $when }
till-no-events = Encore rien : c’est sa première visite.

warn-wait = Prochain tampon possible à partir de { $time }.
warn-day-full = Tous les tampons du jour sont donnés. La suite demain.
warn-blocked = Cette carte est bloquée. Veuillez inviter le client à vous contacter, ou appelez un responsable.
warn-closed = Cette carte est clôturée.
warn-paused = Le programme est en pause. Les récompenses restent disponibles.
warn-debt = { $points } points sont dus après un retour ; les prochains points les règlent d’abord.

quantity = Nombre
quantity-less = Un de moins
quantity-more = Un de plus
give-stamp = Tampon
give-points = Donner les points
give-nothing = Rien ne peut être donné sur cette carte actuellement.
amount = Montant de l’achat
amount-hint = Saisissez le montant pour voir ce qu’il donne.
amount-erase = Effacer le dernier chiffre

redeem = Utiliser
redeem-ask = Donner : { $reward } ?
redeem-cost = Cela retire { $cost } à { $who }
redeem-points = Nombre de points
redeem-confirm = Oui, utiliser

undo = Annuler
undo-what = Annuler { $what } de { $time }
next-customer = Client suivant

result-give = À remettre : { $reward }
result-taken-back = Annulé
result-wait = Pas encore
result-no = Non
result-given = { $what } pour { $who }
result-redeemed = Utilisé pour { $who }
result-taken-back-what = { $what } pour { $who } ne compte plus.
result-claim = Bon
result-this-card = cette carte
result-back-to-card = Retour à la carte

shortcuts-title = Clavier
shortcut-search = aller au champ de scan
shortcut-amount = saisir le montant
shortcut-confirm = confirmer
shortcut-undo = annuler la dernière étape
shortcut-start = client suivant
shortcut-list = cette liste
