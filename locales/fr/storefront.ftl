# Ce que les clients lisent : aimable, court, jamais plus que nécessaire.

join-title = { $program } : votre carte
join-lead = Gratuit, sans application, prêt en quelques secondes.
join-promise = { $cost } : { $reward }
welcome-promise = Bienvenue : { $amount } dès votre première visite
join-first-name = Prénom
join-first-name-hint = Pour vous saluer. Facultatif.
join-language = Langue de votre carte
join-read-terms = Lire les conditions
join-terms-version = Version { $version }
join-accept-terms = J’accepte les conditions de ce programme.
join-submit = Obtenir ma carte
join-privacy = Nous ne demandons rien d’autre. Pas de publicité, pas de suivi.
join-terms-missing = Veuillez accepter les conditions.
join-terms-outdated = Les conditions ont changé. Veuillez les relire.
join-first-name-long = Veuillez utiliser { $most } lettres au plus.
join-by-staff = Les cartes de ce programme sont ouvertes par notre équipe.
join-by-staff-next = Veuillez vous adresser à la caisse ; cela ne prend qu’un instant.
join-closed = Ce programme n’accepte pas de nouvelles cartes pour l’instant.
join-closed-next = Veuillez demander à la caisse quand il rouvrira.
join-ended = Ce programme est terminé.
join-ended-next = Il n’ouvre plus de cartes. Qui en a une peut demander à la caisse les récompenses qui restent.

card-greeting = Bonjour, { $name }
card-title = Votre carte
card-code-title = Code pour la caisse
card-show-at-till = Présentez ce code à la caisse
card-number-spelled = Numéro de carte : { $number }
card-enlarge = Agrandir le code
card-bars = Code-barres pour les lecteurs à main
card-keep-link = Cette adresse est votre carte. Gardez-la, par exemple en favori ou sur l’écran d’accueil.
card-link-renewed = Ce lien ne montre plus la carte.
card-link-merged = Cette carte a été réunie à une autre.
card-link-next = La carte a maintenant un autre lien. Demandez un e-mail, ou adressez-vous au magasin.
card-link-ask = Recevoir ma carte par e-mail
card-blocked = Cette carte est bloquée. Veuillez vous adresser à la caisse.
card-closed = Cette carte est clôturée.
card-merged = Deux de vos cartes ont été réunies. Voici celle qui reste ; votre ancien code mène ici.
card-paused = Le programme fait une pause. Vos récompenses sont à l’abri.
card-ended = Le programme est terminé. Pour les récompenses qui vous restent, adressez-vous à nous.
reward-ready =
    { $times ->
        [one] prête
       *[other] prête { $times } fois
    }
reward-how = Présentez votre code à la caisse et demandez-la.
coming = Bientôt disponibles
coming-from = à partir du { $date }
expiries = À utiliser à temps
expires-on = jusqu’au { $date }
history-all = Tout voir
lately-empty = Votre premier tampon ou vos premiers points apparaîtront ici.

history-title = Historique
history-back = Retour à la carte
filter-label = Afficher
filter-all = Tout
filter-earned = Gagnés
filter-redeemed = Récompenses
filter-other = Autres
history-empty-filter = Il n’y a encore rien de ce genre.
history-pages = Pages
history-newest = Plus récents
history-older = Plus anciens
