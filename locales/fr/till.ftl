# Ce que le personnel lit à la caisse : court, actif, lisible à un mètre.

till-title = Caisse
till-online = en ligne
till-offline = pas de connexion
till-menu = Menu
till-end = Déconnecter cette caisse
till-away = Pas de connexion. Rien n’est perdu : l’écran reste tel quel, et vous continuez dès que la connexion revient.
till-waiting = Un instant…
till-slow = Cela prend plus de temps que d’habitude. Réessayer est sans risque : rien ne compte deux fois.
till-failed = La caisse n’a pas pu joindre le serveur. Réessayer est sans risque : rien ne compte deux fois.
till-leave = Continuer sans réponse

pair-title = Connecter cette caisse
pair-lead = Cet appareil devient la caisse d’un magasin. Vous ne le faites qu’une fois.
pair-token = Code du terminal
pair-hint = Un code commence par trei_trm_. La personne qui gère cette installation en a un pour chaque caisse ; une adresse qui se termine par # et le code connecte l’appareil d’elle-même.
pair-demo = Dans la démonstration, chaque caisse s’ouvre sans code :
pair-submit = Connecter

scan-label = Scanner une carte ou saisir son numéro
scan-placeholder = Scanner ou saisir
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
last-five = Les cinq dernières opérations
last-empty = Ce que vous faites à cette caisse apparaît ici.
last-hint = Ouvrez une carte pour annuler une opération.

till-card-number = Carte { $number }
till-member-since = Membre depuis le { $date }
till-last-visit = Dernière visite : { $when }
till-no-events = Encore rien : c’est sa première visite.

warn-wait = Prochain tampon possible à partir de { $time }.
warn-wait-points = Prochains points possibles à partir de { $time }.
warn-limit = La limite de tampons de cette carte est atteinte. La suite un autre jour.
warn-limit-points = La limite de points de cette carte est atteinte. La suite un autre jour.
warn-blocked = Cette carte est bloquée. La personne qui gère le programme peut la débloquer.
warn-blocked-lost = Cette carte a été déclarée perdue et est bloquée. La personne qui gère le programme peut la débloquer.
warn-blocked-fraud = Cette carte est bloquée pour soupçon d’abus. Veuillez servir sans cette carte.
warn-blocked-dispute = Cette carte est bloquée le temps de régler un désaccord. Veuillez servir sans cette carte.
warn-closed = Cette carte est clôturée.
warn-merged = Ceci appartient à une carte réunie avec celle-ci. Voici la carte qui reste.
warn-paused = Le programme est en pause. Les récompenses restent disponibles.
warn-paused-all = Le programme est en pause, et les récompenses ne sont pas disponibles actuellement.
warn-ended = Le programme est terminé. Les récompenses restent disponibles.
warn-ended-until = Le programme est terminé. Dernier jour pour les récompenses : { $date }.
warn-ended-all = Le programme est terminé, et ses récompenses ne sont plus disponibles.
warn-debt = À régler après un retour : { $points }. Les prochains points y serviront d’abord.

quantity = Nombre
quantity-less = Un de moins
quantity-more = Un de plus
give-stamp = Tampon
give-points = Donner les points
give-both = Donner tampon et points
give-nothing = Rien ne peut être donné sur cette carte actuellement.
amount = Montant de l’achat
amount-hint = Saisissez le montant pour voir ce qu’il donne.
amount-erase = Effacer le dernier chiffre

redeem = Utiliser
redeem-ask = Donner : { $reward } ?
redeem-cost = { $who } : { $cost } en moins.
redeem-worth = { $cost } = { $money }
redeem-points = Nombre de points
redeem-balance = Solde : { $balance }
redeem-least = Au moins : { $worth }
redeem-most = Au plus pour ce montant : { $worth }
redeem-use-most = Le maximum
redeem-points-hint = Laissez vide pour voir le maximum.
redeem-suggested = Possible ici : { $worth }. Veuillez confirmer, ou saisir moins de points.
redeem-rest = Reste à payer : { $money }
result-rest = Reste à payer : { $money }. Seul ce montant rapporte des points.
redeem-confirm = Oui, utiliser

undo = Annuler
undo-what = Annuler { $what } de { $time }
next-customer = Client suivant

result-give = À remettre : { $reward }
result-take-off = À déduire : { $money }
result-taken-back = Annulé
result-wait = Pas encore
result-no = Non
result-given = { $what } pour { $who }
result-redeemed = Utilisé pour { $who }
result-taken-back-what = Ne compte plus pour { $who } : { $what }
result-reward-back = { $reward } pour { $who } : annulé. De retour sur la carte : { $back }.
result-claim-back = { $reward } pour { $who } : annulé. La récompense peut être remise à nouveau.
result-claim = Code de contrôle
result-this-card = cette carte
result-back-to-card = Retour à la carte

shortcuts-title = Clavier
shortcut-search = aller au champ de scan
shortcut-amount = saisir le montant
shortcut-confirm = confirmer
shortcut-undo = aller à l’annulation ; Enter confirme
shortcut-start = client suivant
shortcut-list = cette liste
shortcut-single = Les touches seules (/, 0–9, Z, ?) servent de raccourcis sur cet appareil

pair-refused = Ce code n’ouvre pas de caisse. Veuillez le recopier en entier, ou demander à la personne qui gère cette installation.
pair-ended = Cette caisse est déconnectée : rien n’a été compté. Veuillez la reconnecter.
till-suspended = Le compte de ce commerçant est suspendu.
till-suspended-next = Les cartes gardent ce qu’elles contiennent. Veuillez demander à votre responsable.

found-unknown = Nous ne connaissons pas ce numéro. Veuillez scanner à nouveau, ou saisir les douze caractères imprimés sous le code.
found-replaced = Cette carte a été remplacée. Veuillez demander la nouvelle, ou chercher par téléphone ou e-mail.
found-link = Ceci est l’adresse d’une page client. Veuillez scanner le code que cette page affiche.
found-several = Quelle carte ?
found-open = Ouvrir

claim-give = Remettre
claim-paid = C’est déjà réglé : il ne reste qu’à le remettre.
redeem-payable = Montant à payer
order-ref = Numéro du ticket (facultatif)

nothing-given = Cet achat est trop petit pour donner quelque chose.
nothing-given-below = Cet achat ne donne rien. Les achats comptent à partir de { $minimum }.
note-recorded = Déjà enregistré { $when } : voici la réponse d’alors, rien n’a compté deux fois.
note-capped = Réduit par une limite ; sinon { $amount }.
note-welcome = Dont { $amount } de bienvenue.
note-claim = Une récompense est prête : { $reward }.

refused-form = Cette page n’est plus à jour. Veuillez rouvrir la carte.
refused-progress = La même opération est en cours. Veuillez réessayer dans quelques secondes.
refused-busy = Il y a beaucoup à faire en ce moment. Rien n’a été compté ; veuillez réessayer dans quelques secondes.
refused-unwritable = Rien ne peut être enregistré pour le moment : rien n’a été compté. Veuillez noter la carte et l’achat, et prévenir la personne qui gère cette installation.
refused-kind = Cette carte ne collecte pas cela. Veuillez rouvrir la carte.
refused-redeem-closed = Les récompenses de ce programme ne peuvent plus être utilisées.
refused-store = Cette carte est servie chez { $store }.
refused-own = Personne ne sert sa propre carte. Veuillez demander à un collègue.
refused-forbidden = Ici, seule la dernière opération d’une carte peut être annulée, à la caisse qui l’a faite. La personne qui gère le programme peut corriger le reste.
refused-order = Ce ticket a été enregistré avec une autre carte ou un autre montant. Veuillez vérifier son numéro.
refused-manager = À la caisse, les achats comptent jusqu’à { $limit } sans responsable. Il n’y en a pas ici ? Veuillez noter la carte et le ticket : la personne qui gère le programme peut ajouter celui-ci.
refused-cooldown = Veuillez attendre { $minutes } min : possible à nouveau à partir de { $time }.
refused-cooldown-long = Cette carte a été servie il y a peu. Possible à nouveau à partir de { $time }.
refused-day = La limite de cette carte est atteinte. La suite un autre jour.
refused-day-rest = Encore { $remaining } seulement pour cette carte. Veuillez en donner moins.
refused-full = Cette carte est pleine. Veuillez d’abord utiliser sa récompense.
refused-anonymous = Une carte sans contact contient au plus { $cap }. Veuillez inviter le client à s’inscrire avec un contact.
refused-short = Il manque encore pour cette récompense : { $missing }.
refused-used = Déjà remis { $when }.
refused-not-voidable = Ceci ne peut pas être annulé. La personne qui gère le programme peut le corriger.
refused-voided = Ceci a déjà été annulé. Il n’y a plus rien à faire.
refused-late = Il est trop tard pour annuler ici. La personne qui gère le programme peut le corriger.
refused-spent = C’est déjà dépensé : il manque { $missing }. La personne qui gère le programme peut le corriger.
refused-reward-inactive = Cette récompense n’est plus proposée. Veuillez en choisir une autre.
refused-reward-window = Cette récompense n’est pas donnée en ce moment. Veuillez en choisir une autre, ou revenir à ses heures.
refused-reward-store = Cette récompense est donnée dans un autre magasin. Veuillez en choisir une autre.
refused-reward-stock = Cette récompense est épuisée. Veuillez en choisir une autre.
refused-reward-limit = Cette carte a déjà eu sa part de cette récompense. Veuillez en choisir une autre.
refused-reward-order = Cette récompense demande un achat d’au moins { $needed }.

field-amount = Veuillez saisir un montant supérieur à zéro, par exemple 12,50.
field-precision = C’est plus petit que la plus petite pièce. Veuillez saisir moins de chiffres après la virgule.
field-number = Veuillez saisir un nombre entier.
field-reference = Un numéro de ticket a au plus 100 caractères.
field-range = Veuillez choisir entre { $min } et { $max }.
field-minimum = Trop peu pour un tampon : il faut { $needed }.
field-points = Veuillez saisir le nombre de points à utiliser.
field-points-none = Ce montant est trop petit pour payer avec des points.
field-points-minimum = Veuillez utiliser au moins { $needed }.
field-points-step = Les points s’utilisent par tranches de { $step }.
field-points-share = Pour cet achat, au plus { $most }.
result-for = pour { $who }
