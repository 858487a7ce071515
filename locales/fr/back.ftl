# The back office: who serves, the tills, who managed what.

back-staff = Équipe
back-staff-lead = Qui sert indique son nom et son code PIN à la caisse. Personne ne revoit un code PIN, pas même vous.
back-staff-none = Personne ne sert ici pour l’instant.
back-staff-add = Une nouvelle personne
back-staff-submit = Ajouter
back-name = Nom à la caisse
back-role = Rôle
back-stores-hint = aucune case cochée : partout
back-everywhere = dans tous les magasins
back-left = n’est plus là
back-is-locked = Code PIN bloqué
back-no-pin = pas encore de code PIN
back-must-change = doit choisir un autre code PIN
back-manage = Gérer
back-pin-new = Nouveau code PIN
back-pin-again = Le même code PIN encore une fois
back-pin-differ = Ce n’est pas le code PIN saisi ci-dessus.
back-pin-hint = Au moins { $least } chiffres, { $managers } pour un responsable d’équipe. On peut aussi le définir plus tard.
back-pin-least = Au moins { $least } chiffres, et aucun des trois derniers codes PIN.
back-pin-set = Définir un code PIN
back-pin-reset = Définir un autre code PIN
back-pin-submit = Enregistrer le code PIN
back-pin-change = Cette personne devra choisir le sien à la prochaine occasion
back-pin-effect = L’ancien code PIN ne fonctionne plus, sur aucune caisse.
back-pin-used = code PIN utilisé { $when }
back-locked = Il y a eu trop d’essais erronés. Le code PIN fonctionnera à partir de { $when }.
back-unlock = Débloquer maintenant
back-end = Mettre fin à l’emploi
back-end-effect = { $name } ne peut plus servir : code PIN et session prennent fin aussitôt, sur toutes les caisses. Ce qui a été fait reste dans l’historique.
back-end-sure = Oui, { $name } ne sert plus
back-terminals = Caisses
back-terminals-lead = Chaque caisse est un appareil avec sa propre clé. Une caisse perdue se retire ici, aussitôt.
back-terminals-none = Il n’y a pas encore de caisse.
back-terminal-add = Une nouvelle caisse
back-terminal-name = Son nom
back-terminal-submit = Afficher un code
back-store = Dans quel magasin
back-code = Code pour { $name }
back-code-how = Ouvrez /till sur l’appareil et saisissez ce code avant { $until }. Il n’est affiché que maintenant.
back-seen = vue { $when }
back-never-seen = jamais vue
back-waiting = attend son appareil
back-revoked = retirée
back-revoke = Retirer
back-revoke-sure = Oui, retirer { $name }
back-log = Journal
back-log-lead = Qui a géré quoi, d’où, et ce qui a changé. Rien ne peut y être modifié ni retiré.
log-action = Quoi
log-all = tout
log-day = Jour
log-by = Par qui
log-anybody = tout le monde
log-none = Rien de tel n’a été noté.
log-when = Quand
log-who = Qui
log-what = Quoi
log-where = D’où
log-older = Plus ancien
log-csv = Emporter en CSV
log-json = Emporter en lignes JSON
log-console = à la console de la machine
log-system = l’installation elle-même
log-stranger = une personne inconnue

# What the log notes, as headlines.

log-terminal-signed-in = Caisse ouverte
log-terminal-signed-out = Caisse fermée
log-terminal-sign-in-refused = Caisse refusée
log-customer-signed-in = Client connecté
log-customer-sign-in-refused = Code d’un client refusé
log-customer-signed-out = Client déconnecté
log-user-invited = Personne invitée
log-user-made = Invitation acceptée
log-user-disabled = Accès retiré à quelqu’un
log-user-signed-in = Connexion
log-user-sign-in-refused = Connexion refusée
log-user-signed-out = Déconnexion
log-user-proven = Identité prouvée à nouveau
log-user-password-changed = Mot de passe changé
log-user-second-factor-set = Second facteur activé
log-user-second-factor-removed = Second facteur retiré
log-user-recovery-codes-renewed = Codes de secours renouvelés
log-user-sessions-ended = Sessions terminées
log-staff-added = Une personne commence à servir
log-staff-left = Une personne ne sert plus
log-pin-set = Code PIN défini pour quelqu’un
log-pin-changed = Code PIN changé soi-même
log-pin-locked = Code PIN bloqué après des essais erronés
log-pin-unlocked = Code PIN débloqué
log-pin-rules-set = Règles des codes PIN définies
log-terminal-made = Caisse créée
log-terminal-paired = Caisse associée à son appareil
log-terminal-pairing-refused = Code d’une caisse refusé
log-terminal-revoked = Caisse retirée
log-key-made = Clé d’API créée
log-key-revoked = Clé d’API retirée

# How staff prove who they are.

back-rules = Règles des codes PIN
back-rules-lead = Comment l’équipe prouve son identité à la caisse.
back-rules-length = Nombre minimal de chiffres
back-rules-tries = Essais erronés avant blocage
back-rules-minutes = Minutes du premier blocage ; chaque blocage suivant dure le double
back-rules-submit = Enregistrer les règles

# Keys of programs.

back-keys = Clés d’API
back-keys-lead = Pour une caisse ou une boutique en ligne. Une clé peut ce qui est coché, et rien d’autre ; son texte n’est affiché qu’une fois.
back-keys-none = Il n’y a pas encore de clé.
back-key-made = La nouvelle clé
back-key-once = Copiez-la maintenant : seule son empreinte est conservée.
back-key-add = Une nouvelle clé
back-key-proof = Créer et retirer des clés demande une preuve récente de votre identité.
back-key-prove = Prouver mon identité
back-key-networks = Seulement depuis ces adresses
back-key-networks-hint = Adresses ou plages séparées par des virgules, comme 192.0.2.7, 10.0.0.0/8
back-key-expires = Valable jusqu’à la fin du
back-key-submit = Créer la clé
back-key-anywhere = de partout
back-key-used = utilisée { $when }
back-key-unused = jamais utilisée
back-key-until = jusqu’au { $day }
back-key-past = Ce jour est passé.
back-key-no-network = Ce ne sont pas des adresses.

# Corrections over a limit.

back-approvals = Approbations
back-approvals-lead = Corrections demandées par une caisse au-delà de sa limite. Qui a demandé ne peut pas approuver ; après un jour il faut refaire la demande.
back-approvals-none = Rien n’attend.
back-approve = Approuver
back-deny = Refuser
back-approved = approuvée
back-denied = refusée
back-expired = personne n’a décidé à temps
back-approval-until = attend jusqu’à { $when }
back-reason-correction = Une erreur rectifiée
back-reason-lost = Une carte perdue
back-reason-import = Repris d’ailleurs
log-approval-asked = Approbation d’une correction demandée
log-approval-approved = Correction approuvée
log-approval-denied = Correction refusée
