# Was das Personal an der Kasse liest: kurz, tätig, aus einem Meter lesbar.

till-title = Kasse
till-online = verbunden
till-offline = keine Verbindung
till-menu = Menü
till-end = Diese Kasse abmelden
till-away = Keine Verbindung. Nichts ist verloren: Der Bildschirm bleibt, wie er ist, und Sie machen weiter, sobald die Verbindung zurück ist.
till-waiting = Einen Augenblick …
till-slow = Das dauert länger als sonst. Sie können es gefahrlos noch einmal versuchen: Nichts zählt doppelt.
till-failed = Die Kasse hat den Server nicht erreicht. Sie können es gefahrlos noch einmal versuchen: Nichts zählt doppelt.

pair-title = Diese Kasse verbinden
pair-lead = Dieses Gerät wird die Kasse einer Filiale. Das tun Sie nur einmal.
pair-token = Code des Terminals
pair-hint = Sie finden ihn in der Verwaltung unter Terminals. In der Vorführung ist er schon ausgefüllt.
pair-submit = Verbinden

scan-label = Karte scannen oder Nummer eintippen
scan-placeholder = Scannen oder Nummer tippen
scan-find = Suchen

today-title = Heute · { $store }
today-stamps =
    { $count ->
        [one] Stempel
       *[other] Stempel
    }
today-points =
    { $count ->
        [one] Punkt
       *[other] Punkte
    }
today-rewards =
    { $count ->
        [one] Belohnung
       *[other] Belohnungen
    }
today-cards =
    { $count ->
        [one] neue Karte
       *[other] neue Karten
    }
today-hours = Besuche nach Stunde
last-five = Die letzten fünf
last-empty = Was Sie an dieser Kasse tun, erscheint hier.
last-hint = Öffnen Sie eine Karte, um etwas zu stornieren.

till-card-number = Karte { $number }
till-member-since = Mitglied seit { $date }
till-last-visit = Letzter Besuch: { $when }
till-no-events = Noch nichts: Das ist der erste Besuch.

warn-wait = Der nächste Stempel ist ab { $time } möglich.
warn-day-full = Alle Stempel von heute sind vergeben. Weiter geht es morgen.
warn-blocked = Diese Karte ist gesperrt. Bitten Sie die Kundin oder den Kunden, sich zu melden, oder rufen Sie die Leitung.
warn-closed = Diese Karte ist geschlossen.
warn-paused = Das Programm ruht. Belohnungen können weiter eingelöst werden.
warn-debt = { $points } Punkte sind aus einer Rückgabe offen; die nächsten Punkte gleichen sie zuerst aus.

quantity = Anzahl
quantity-less = Einer weniger
quantity-more = Einer mehr
give-stamp = Stempel
give-points = Punkte geben
give-nothing = Auf diese Karte kann jetzt nichts gegeben werden.
amount = Betrag des Einkaufs
amount-hint = Tippen Sie den Betrag, um zu sehen, was er bringt.
amount-erase = Letzte Ziffer löschen

redeem = Einlösen
redeem-ask = { $reward } ausgeben?
redeem-cost = Das kostet { $who } { $cost }
redeem-points = Wie viele Punkte
redeem-confirm = Ja, einlösen

undo = Rückgängig
undo-what = { $what } von { $time } rückgängig machen
next-customer = Nächster Kunde

result-give = Ausgeben: { $reward }
result-taken-back = Rückgängig gemacht
result-wait = Noch nicht
result-no = Nein
result-given = { $what } für { $who }
result-redeemed = Eingelöst für { $who }
result-taken-back-what = { $what } für { $who } zählt nicht mehr.
result-claim = Beleg
result-this-card = diese Karte
result-back-to-card = Zurück zur Karte

shortcuts-title = Tastatur
shortcut-search = zum Scanfeld
shortcut-amount = Betrag tippen
shortcut-confirm = bestätigen
shortcut-undo = letzten Schritt rückgängig machen
shortcut-start = nächster Kunde
shortcut-list = diese Liste
