# The back office: who serves, the tills, who managed what.

back-staff = Team
back-staff-lead = Wer bedient, zeigt an der Kasse Namen und PIN. Niemand sieht eine PIN wieder, auch Sie nicht.
back-staff-none = Hier bedient noch niemand.
back-staff-add = Jemand Neues
back-staff-submit = Hinzufügen
back-name = Name an der Kasse
back-role = Darf
back-stores-hint = nichts angekreuzt: überall
back-everywhere = in allen Filialen
back-left = nicht mehr da
back-is-locked = PIN gesperrt
back-no-pin = noch keine PIN
back-must-change = muss eine andere PIN wählen
back-manage = Verwalten
back-pin-new = Neue PIN
back-pin-again = Dieselbe PIN noch einmal
back-pin-differ = Das ist nicht die PIN von oben.
back-pin-hint = Mindestens { $least } Ziffern, für die Schichtleitung { $managers }. Das geht auch später.
back-pin-least = Mindestens { $least } Ziffern, und keine der letzten drei PINs.
back-pin-set = PIN vergeben
back-pin-reset = Andere PIN vergeben
back-pin-submit = PIN speichern
back-pin-change = Bei nächster Gelegenheit ist eine eigene zu wählen
back-pin-effect = Die alte PIN gilt sofort an keiner Kasse mehr.
back-pin-used = PIN benutzt { $when }
back-locked = Es gab zu viele falsche Versuche. Die PIN geht wieder ab { $when }.
back-unlock = Jetzt entsperren
back-end = Beschäftigung beenden
back-end-effect = { $name } kann nicht mehr bedienen: PIN und Schicht enden sofort, an jeder Kasse. Was getan wurde, bleibt im Verlauf.
back-end-sure = Ja, { $name } bedient nicht mehr
back-terminals = Kassen
back-terminals-lead = Jede Kasse ist ein eigenes Gerät mit eigenem Schlüssel. Eine verlorene wird hier sofort gesperrt.
back-terminals-none = Es gibt noch keine Kasse.
back-terminal-add = Eine neue Kasse
back-terminal-name = Wie sie heißt
back-terminal-submit = Code zeigen
back-store = In welcher Filiale
back-code = Code für { $name }
back-code-how = Öffnen Sie auf dem Gerät /till und geben Sie diesen Code bis { $until } ein. Er steht nur jetzt hier.
back-seen = gesehen { $when }
back-never-seen = nie gesehen
back-waiting = wartet auf ihr Gerät
back-revoked = gesperrt
back-revoke = Sperren
back-revoke-sure = Ja, { $name } sperren
back-log = Protokoll
back-log-lead = Wer was verwaltet hat, von wo, und was sich geändert hat. Nichts davon lässt sich ändern oder entfernen.
log-action = Was
log-all = alles
log-day = Tag
log-by = Von wem
log-anybody = von allen
log-none = Nichts dergleichen wurde notiert.
log-when = Wann
log-who = Wer
log-what = Was
log-where = Von wo
log-older = Älter
log-csv = Als CSV mitnehmen
log-json = Als JSON-Zeilen mitnehmen
log-console = an der Konsole der Maschine
log-system = die Installation selbst
log-stranger = jemand Unbekanntes

# What the log notes, as headlines.

log-terminal-signed-in = Kasse geöffnet
log-terminal-signed-out = Kasse geschlossen
log-terminal-sign-in-refused = Kasse abgewiesen
log-customer-signed-in = Kundin oder Kunde angemeldet
log-customer-sign-in-refused = Code einer Kundin oder eines Kunden abgewiesen
log-customer-signed-out = Kundin oder Kunde abgemeldet
log-user-invited = Jemand eingeladen
log-user-made = Einladung angenommen
log-user-disabled = Zugang entzogen
log-user-signed-in = Angemeldet
log-user-sign-in-refused = Anmeldung abgewiesen
log-user-signed-out = Abgemeldet
log-user-proven = Erneut ausgewiesen
log-user-password-changed = Passwort geändert
log-user-second-factor-set = Zweiter Faktor eingerichtet
log-user-second-factor-removed = Zweiter Faktor entfernt
log-user-recovery-codes-renewed = Ersatzcodes erneuert
log-user-sessions-ended = Sitzungen beendet
log-staff-added = Jemand bedient neu
log-staff-left = Jemand bedient nicht mehr
log-pin-set = PIN für jemanden vergeben
log-pin-changed = Eigene PIN geändert
log-pin-locked = PIN nach falschen Versuchen gesperrt
log-pin-unlocked = PIN entsperrt
log-pin-rules-set = Regeln für PINs gesetzt
log-terminal-made = Kasse angelegt
log-terminal-paired = Kasse mit ihrem Gerät verbunden
log-terminal-pairing-refused = Code einer Kasse abgewiesen
log-terminal-revoked = Kasse gesperrt
log-key-made = API-Schlüssel angelegt
log-key-revoked = API-Schlüssel gesperrt

# How staff prove who they are.

back-rules = Regeln für PINs
back-rules-lead = Wie sich das Team an der Kasse ausweist.
back-rules-length = Mindestzahl der Ziffern
back-rules-tries = Falsche Versuche bis zur Sperre
back-rules-minutes = Minuten der ersten Sperre; jede weitere dauert doppelt so lange
back-rules-submit = Regeln speichern

# Keys of programs.

back-keys = API-Schlüssel
back-keys-lead = Für ein Kassensystem oder einen Webshop. Ein Schlüssel darf, was angekreuzt ist, und sonst nichts; sein Text steht nur einmal da.
back-keys-none = Es gibt noch keinen Schlüssel.
back-key-made = Der neue Schlüssel
back-key-once = Kopieren Sie ihn jetzt: Aufbewahrt wird nur sein Abdruck.
back-key-add = Ein neuer Schlüssel
back-key-proof = Schlüssel anlegen und sperren braucht einen frischen Nachweis, wer Sie sind.
back-key-prove = Mich ausweisen
back-key-networks = Nur von diesen Adressen
back-key-networks-hint = Adressen oder Bereiche, mit Kommas getrennt, etwa 192.0.2.7, 10.0.0.0/8
back-key-expires = Gültig bis Ende des
back-key-submit = Schlüssel anlegen
back-key-anywhere = von überall
back-key-used = benutzt { $when }
back-key-unused = nie benutzt
back-key-until = bis { $day }
back-key-past = Dieser Tag ist vorbei.
back-key-no-network = Das sind keine Adressen.

# Corrections over a limit.

back-approvals = Freigaben
back-approvals-lead = Korrekturen, die eine Kasse über ihre Grenze hinaus beantragt hat. Wer sie beantragt, gibt sie nicht frei; nach einem Tag ist neu zu beantragen.
back-approvals-none = Nichts wartet.
back-approve = Freigeben
back-deny = Ablehnen
back-approved = freigegeben
back-denied = abgelehnt
back-expired = niemand hat rechtzeitig entschieden
back-approval-until = wartet bis { $when }
back-reason-correction = Ein Fehler berichtigt
back-reason-lost = Eine verlorene Karte
back-reason-import = Von woanders übernommen
log-approval-asked = Freigabe einer Korrektur beantragt
log-approval-approved = Korrektur freigegeben
log-approval-denied = Korrektur abgelehnt
