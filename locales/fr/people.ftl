# Les personnes qui se connectent avec un mot de passe.

group-operators = L’installation
group-users = Le bureau du commerçant
group-staff = À la caisse
group-customers = Clients
role-operator-owner = Exploitant
role-operator-support = Assistance
role-operator-auditor = Auditeur
role-owner = Propriétaire
role-manager = Gérant
role-accountant = Comptable
role-viewer = Lecteur
role-terminal = Caisse seule
role-cashier = Caissier
role-staff-manager = Responsable
role-customer = Client

action-own-account = Gérer son propre compte
action-own-cards = Voir ses propres cartes
action-see-cards = Voir les cartes et leur historique
action-enrol-cards = Ouvrir des cartes
action-manage-cards = Bloquer et remplacer des cartes
action-merge-cards = Réunir deux cartes en une
action-close-cards = Clôturer définitivement des cartes
action-earn = Donner des tampons et des points
action-redeem = Remettre des récompenses
action-void = Annuler ce qui a été enregistré
action-return = Enregistrer des retours
action-adjust = Corriger des soldes
action-approve = Approuver ce qui dépasse une limite
action-backdate = Dater un fait dans le passé
action-see-programs = Voir les programmes et les récompenses
action-manage-programs = Modifier les programmes et les récompenses
action-see-figures = Voir les chiffres et les totaux
action-manage-staff = Gérer le personnel
action-reset-pins = Définir et réinitialiser des codes PIN
action-unlock-pins = Déverrouiller des codes PIN
action-manage-terminals = Associer et révoquer des caisses
action-manage-keys = Créer et révoquer des clés d’API
action-manage-users = Gérer les utilisateurs du bureau
action-manage-settings = Modifier les réglages du commerçant
action-see-audit-log = Voir qui a géré quoi
action-export-audit-log = Exporter qui a géré quoi
action-see-merchants = Voir les commerçants
action-manage-merchants = Ouvrir des commerçants et fixer leurs limites
action-suspend-merchants = Suspendre des commerçants
action-set-policy-floor = Fixer le minimum imposé aux commerçants
action-manage-operators = Gérer les exploitants

permissions-title = Qui peut faire quoi
permissions-lead = Un seul tableau décide, sur chaque page et dans l’API. Une clé d’API peut ce que ses droits ouvrent, et rien d’autre.
permissions-action = Quoi
permissions-scope = Droit d’API
permissions-yes = oui
permissions-no = non

signin-title = Connexion
signin-lead = Pour les exploitants et les personnes du bureau d’un commerçant. Le personnel se connecte à la caisse.
landing-sign-in-what = Pour les exploitants et les bureaux
signin-address = Adresse e-mail
signin-password = Mot de passe
signin-submit = Se connecter
signin-ended = Votre session est terminée. Veuillez vous reconnecter.
signin-code-title = Second facteur
signin-code-lead = Veuillez saisir les six chiffres affichés par votre application. Sans elle, un code de secours fonctionne une fois.
signin-code = Code
signin-code-submit = Continuer
signout = Se déconnecter
signin-other = Recommencer

proof-title = Est-ce bien vous ?
proof-lead = Avant cette modification, veuillez saisir votre mot de passe ou un code de votre application.
proof-secret = Mot de passe ou code

welcome-title = Bienvenue
welcome-lead = Vous êtes invité comme { $role } de { $whose }. Veuillez choisir comment vous vous connectez.
welcome-name = Votre nom
welcome-submit = Créer le compte
welcome-used = Ce lien a déjà servi.
welcome-expired = Ce lien n’est plus valable.
welcome-next = L’exploitant de cette installation peut en créer un autre.
welcome-taken = Quelqu’un se connecte déjà avec cette adresse.
welcome-unreadable = Veuillez saisir un nom et une adresse e-mail.

password-hint = Au moins { $count } caractères. Quelques mots se retiennent mieux que des signes.
password-short = Ce mot de passe est trop court : au moins { $count } caractères.
password-long = Ce mot de passe est trop long.
password-common = Ce mot de passe est parmi les premiers essayés. Veuillez en choisir un autre.
password-address = Ce mot de passe contient votre adresse. Veuillez en choisir un autre.
password-wrong = Votre mot de passe actuel est incorrect.

account-title = Votre compte
account-done = C’est fait.
account-password = Mot de passe
account-password-old = Mot de passe actuel
account-password-new = Nouveau mot de passe
account-password-submit = Changer le mot de passe
account-password-effect = Tous les autres appareils seront déconnectés.
account-factor = Second facteur
account-factor-none = Une application de votre téléphone affiche six chiffres demandés en plus du mot de passe. Un mot de passe volé ne suffit alors plus.
account-factor-set = L’activer
account-factor-on = Il est demandé à chaque connexion.
account-codes-left =
    { $count ->
        [one] Il reste { $count } code de secours.
       *[other] Il reste { $count } codes de secours.
    }
account-codes-renew = Nouveaux codes de secours
account-factor-end = Le retirer
account-sessions = Connecté sur
account-session-this = cet appareil
account-session-seen = Dernière utilisation { $when }, depuis { $address }
account-session-end = Terminer
account-sessions-end = Déconnecter tous les autres appareils

factor-title = Activer le second facteur
factor-scan = Scannez ceci avec une application comme Aegis, 2FAS ou Google Authenticator.
factor-typed = Ou saisissez cette clé dans l’application
factor-code = Les six chiffres que l’application affiche maintenant
factor-submit = Activer
codes-title = Vos codes de secours
codes-lead = Chacun remplace une fois l’application. Imprimez-les ou gardez-les dans un gestionnaire de mots de passe : ils ne sont montrés que maintenant.
codes-kept = Je les ai gardés

operator-title = Cette installation
operator-merchants = Commerçants
operator-none = Aucun commerçant n’est encore là. La commande « trei demo » remplit une installation vide de quatre exemples.
merchant-active = actif
merchant-suspended = suspendu
back-suspended = Le compte de ce commerçant est suspendu.
back-suspended-next = L’exploitant de cette installation peut en dire la raison.
back-stores = Magasins
store-open = ouvert
store-closed = fermé
back-programs = Programmes
home-role = Vous êtes connecté comme { $role }.
home-may = Ce que vous pouvez faire
home-all = Le tableau entier
home-merchants-title = Bureau

passkey-or = ou
passkey-use = Se connecter avec une clé d’accès
passkey-failed = Cela n’a pas fonctionné. Veuillez réessayer, ou utiliser votre mot de passe.
passkey-wrong = Cette clé d’accès n’est pas connue ici. Veuillez utiliser votre mot de passe.
passkeys = Clés d’accès
passkeys-lead = Votre téléphone, votre ordinateur ou une clé de sécurité vous connecte par le doigt, le visage ou un code : rien à retenir, rien qu’une fausse page puisse voler.
passkey-name = Nom
passkey-add = Ajouter une clé d’accès
passkey-refused = Cette clé d’accès n’a pas pu être ajoutée. Veuillez réessayer.
passkey-used = Dernière utilisation { $when }
passkey-since = Ajoutée { $when }, pas encore utilisée
passkey-end = Retirer
passkey-end-sure = Retirer { $name }
passkey-end-effect = Tous les autres appareils sont déconnectés.
passkey-prove = Confirmer votre identité pour changer les clés d’accès
