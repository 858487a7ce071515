# Menschen, die sich mit einem Passwort anmelden. Anrede: Sie.

group-operators = Die Installation
group-users = Das Büro des Händlers
group-staff = An der Kasse
group-customers = Kundschaft
role-operator-owner = Betreiber
role-operator-support = Betreuung
role-operator-auditor = Prüfer
role-owner = Inhaber
role-manager = Leitung
role-accountant = Buchhaltung
role-viewer = Leser
role-terminal = Kasse allein
role-cashier = Kassenkraft
role-staff-manager = Schichtleitung
role-customer = Kunde

action-own-account = Das eigene Konto verwalten
action-own-cards = Die eigenen Karten sehen
action-see-cards = Karten und ihren Verlauf sehen
action-enrol-cards = Karten eröffnen
action-manage-cards = Karten sperren und ersetzen
action-merge-cards = Zwei Karten zu einer machen
action-close-cards = Karten endgültig schließen
action-earn = Stempel und Punkte geben
action-redeem = Belohnungen ausgeben
action-void = Gebuchtes zurücknehmen
action-return = Rückgaben erfassen
action-adjust = Stände korrigieren
action-approve = Freigeben, was über einer Grenze liegt
action-backdate = Etwas rückdatieren
action-see-programs = Programme und Belohnungen sehen
action-manage-programs = Programme und Belohnungen ändern
action-see-figures = Zahlen und Summen sehen
action-manage-staff = Personal verwalten
action-reset-pins = PINs setzen und zurücksetzen
action-unlock-pins = PINs entsperren
action-manage-terminals = Kassen koppeln und abmelden
action-manage-keys = API-Schlüssel anlegen und widerrufen
action-manage-users = Benutzer des Büros verwalten
action-manage-settings = Einstellungen des Händlers ändern
action-see-audit-log = Sehen, wer was verwaltet hat
action-export-audit-log = Herunterladen, wer was verwaltet hat
action-see-merchants = Die Händler sehen
action-manage-merchants = Händler anlegen und begrenzen
action-suspend-merchants = Händler sperren
action-set-policy-floor = Das Mindestmaß für Händler festlegen
action-manage-operators = Betreiber verwalten

permissions-title = Wer was darf
permissions-lead = Eine Tabelle entscheidet, auf jeder Seite und in der API. Ein API-Schlüssel darf, was seine Rechte öffnen, und sonst nichts.
permissions-action = Was
permissions-scope = API-Recht
permissions-yes = ja
permissions-no = nein

signin-title = Anmelden
signin-lead = Für Betreiber und die Leute im Büro eines Händlers. Das Personal meldet sich an der Kasse an.
landing-sign-in-what = Für Betreiber und Büros
signin-address = E-Mail-Adresse
signin-password = Passwort
signin-submit = Anmelden
signin-ended = Ihre Sitzung ist zu Ende. Bitte melden Sie sich wieder an.
signin-code-title = Zweiter Faktor
signin-code-lead = Bitte geben Sie die sechs Ziffern ein, die Ihre App zeigt. Ohne App gilt ein Ersatzcode, einmal.
signin-code = Code
signin-code-submit = Weiter
signout = Abmelden
signin-other = Von vorn beginnen

proof-title = Sind Sie es?
proof-lead = Vor dieser Änderung geben Sie bitte Ihr Passwort oder einen Code Ihrer App ein.
proof-secret = Passwort oder Code

welcome-title = Willkommen
welcome-lead = Sie sind als { $role } von { $whose } eingeladen. Bitte legen Sie fest, wie Sie sich anmelden.
welcome-name = Ihr Name
welcome-submit = Konto einrichten
welcome-used = Dieser Link wurde schon benutzt.
welcome-expired = Dieser Link gilt nicht mehr.
welcome-next = Wer diese Installation betreibt, kann einen neuen erstellen.
welcome-taken = Mit dieser Adresse meldet sich schon jemand an.
welcome-unreadable = Bitte geben Sie einen Namen und eine E-Mail-Adresse ein.

password-hint = Mindestens { $count } Zeichen. Ein paar Wörter merkt man sich leichter als Sonderzeichen.
password-short = Dieses Passwort ist zu kurz: mindestens { $count } Zeichen.
password-long = Dieses Passwort ist zu lang.
password-common = Dieses Passwort wird als Erstes ausprobiert. Bitte wählen Sie ein anderes.
password-address = Dieses Passwort enthält Ihre Adresse. Bitte wählen Sie ein anderes.
password-wrong = Ihr jetziges Passwort ist falsch.

account-title = Ihr Konto
account-done = Erledigt.
account-password = Passwort
account-password-old = Jetziges Passwort
account-password-new = Neues Passwort
account-password-submit = Passwort ändern
account-password-effect = Alle anderen Geräte werden abgemeldet.
account-factor = Zweiter Faktor
account-factor-none = Eine App auf Ihrem Telefon zeigt sechs Ziffern, nach denen neben dem Passwort gefragt wird. Ein gestohlenes Passwort genügt dann nicht.
account-factor-set = Einrichten
account-factor-on = Er wird bei jeder Anmeldung verlangt.
account-codes-left =
    { $count ->
        [one] { $count } Ersatzcode ist übrig.
       *[other] { $count } Ersatzcodes sind übrig.
    }
account-codes-renew = Neue Ersatzcodes
account-factor-end = Entfernen
account-sessions = Angemeldet auf
account-session-this = dieses Gerät
account-session-seen = Zuletzt benutzt { $when }, von { $address }
account-session-end = Beenden
account-sessions-end = Alle anderen Geräte abmelden

factor-title = Zweiten Faktor einrichten
factor-scan = Scannen Sie dies mit einer App wie Aegis, 2FAS oder Google Authenticator.
factor-typed = Oder geben Sie diesen Schlüssel in die App ein
factor-code = Die sechs Ziffern, die die App jetzt zeigt
factor-submit = Einschalten
codes-title = Ihre Ersatzcodes
codes-lead = Jeder gilt einmal anstelle der App. Drucken Sie sie aus oder bewahren Sie sie in einem Passwortspeicher auf: Sie werden nur jetzt gezeigt.
codes-kept = Ich habe sie aufbewahrt

operator-title = Diese Installation
operator-merchants = Händler
operator-none = Noch ist kein Händler hier. Der Befehl „trei demo“ füllt eine leere Installation mit vier zum Ausprobieren.
merchant-active = aktiv
merchant-suspended = gesperrt
back-suspended = Das Konto dieses Händlers ist gesperrt.
back-suspended-next = Wer diese Installation betreibt, kann den Grund nennen.
back-stores = Filialen
store-open = offen
store-closed = geschlossen
back-programs = Programme
home-role = Sie sind als { $role } angemeldet.
home-may = Was Sie dürfen
home-all = Die ganze Tabelle
home-merchants-title = Büro

passkey-or = oder
passkey-use = Mit einem Passkey anmelden
passkey-failed = Das hat nicht geklappt. Bitte versuchen Sie es noch einmal, oder nehmen Sie Ihr Passwort.
passkey-wrong = Dieser Passkey ist hier nicht bekannt. Bitte nehmen Sie Ihr Passwort.
passkeys = Passkeys
passkeys-lead = Ihr Telefon, Ihr Rechner oder ein Sicherheitsschlüssel meldet Sie mit Finger, Gesicht oder PIN an: nichts zu merken, nichts, was eine falsche Seite stehlen könnte.
passkey-name = Name
passkey-add = Passkey hinzufügen
passkey-refused = Dieser Passkey konnte nicht hinzugefügt werden. Bitte versuchen Sie es noch einmal.
passkey-used = Zuletzt benutzt { $when }
passkey-since = Hinzugefügt { $when }, noch nicht benutzt
passkey-end = Entfernen
passkey-end-sure = { $name } entfernen
passkey-end-effect = Alle anderen Geräte werden abgemeldet.
passkey-prove = Identität bestätigen, um Passkeys zu ändern
