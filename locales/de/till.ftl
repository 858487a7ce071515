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
till-leave = Ohne Antwort weiter

pair-title = Diese Kasse verbinden
pair-lead = Dieses Gerät wird die Kasse einer Filiale. Das tun Sie nur einmal.
pair-token = Code des Terminals
pair-hint = Ein Code beginnt mit trei_trm_. Wer diese Installation betreibt, hat für jede Kasse einen; eine Adresse, die mit # und dem Code endet, verbindet das Gerät von selbst.
pair-demo = In der Vorführung öffnet sich jede Kasse ohne Code:
pair-submit = Verbinden

scan-label = Karte scannen oder Nummer eintippen
scan-placeholder = Scannen oder tippen
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
last-five = Die letzten fünf
last-empty = Was Sie an dieser Kasse tun, erscheint hier.
last-hint = Öffnen Sie eine Karte, um etwas zu stornieren.

till-card-number = Karte { $number }
till-member-since = Mitglied seit { $date }
till-last-visit = Letzter Besuch: { $when }
till-no-events = Noch nichts: Das ist der erste Besuch.

warn-wait = Der nächste Stempel ist ab { $time } möglich.
warn-wait-points = Die nächsten Punkte sind ab { $time } möglich.
warn-limit = Die Grenze für Stempel ist bei dieser Karte erreicht. An einem anderen Tag geht es weiter.
warn-limit-points = Die Grenze für Punkte ist bei dieser Karte erreicht. An einem anderen Tag geht es weiter.
warn-blocked = Diese Karte ist gesperrt. Wer das Programm betreibt, kann sie entsperren.
warn-blocked-lost = Diese Karte wurde als verloren gemeldet und ist gesperrt. Wer das Programm betreibt, kann sie entsperren.
warn-blocked-fraud = Diese Karte ist wegen Verdachts auf Missbrauch gesperrt. Bitte bedienen Sie ohne diese Karte.
warn-blocked-dispute = Diese Karte ist gesperrt, bis eine Unstimmigkeit geklärt ist. Bitte bedienen Sie ohne diese Karte.
warn-closed = Diese Karte ist geschlossen.
warn-merged = Das gehört zu einer Karte, die mit dieser zusammengelegt wurde. Hier ist die Karte, die weiter gilt.
warn-paused = Das Programm ruht. Belohnungen können weiter eingelöst werden.
warn-paused-all = Das Programm ruht, und Belohnungen können jetzt nicht eingelöst werden.
warn-ended = Das Programm ist beendet. Belohnungen können weiter eingelöst werden.
warn-ended-until = Das Programm ist beendet. Letzter Tag für Belohnungen: { $date }.
warn-ended-all = Das Programm ist beendet, und seine Belohnungen können nicht mehr eingelöst werden.
warn-debt = Aus einer Rückgabe offen: { $points }. Die nächsten Punkte gleichen das zuerst aus.

quantity = Anzahl
quantity-less = Einer weniger
quantity-more = Einer mehr
give-stamp = Stempel
give-points = Punkte geben
give-both = Stempel und Punkte geben
give-nothing = Auf diese Karte kann jetzt nichts gegeben werden.
amount = Betrag des Einkaufs
amount-hint = Tippen Sie den Betrag, um zu sehen, was er bringt.
amount-erase = Letzte Ziffer löschen

redeem = Einlösen
redeem-ask = Ausgeben: { $reward }?
redeem-cost = { $who }: { $cost } weniger.
redeem-worth = { $cost } = { $money }
redeem-points = Wie viele Punkte
redeem-balance = Guthaben: { $balance }
redeem-least = Mindestens: { $worth }
redeem-most = Höchstens für diesen Betrag: { $worth }
redeem-use-most = So viele wie möglich
redeem-points-hint = Lassen Sie das Feld leer, um die höchste Zahl zu sehen.
redeem-suggested = Hier möglich: { $worth }. Bitte bestätigen Sie, oder tippen Sie weniger Punkte.
redeem-rest = Noch zu zahlen: { $money }
result-rest = Noch zu zahlen: { $money }. Nur dafür gibt es Punkte.
redeem-confirm = Ja, einlösen

undo = Stornieren
undo-what = { $what } von { $time } stornieren
next-customer = Nächster Kunde

result-give = Ausgeben: { $reward }
result-taken-back = Storniert
result-take-off = Abziehen: { $money }
result-wait = Noch nicht
result-no = Nein
result-given = { $what } für { $who }
result-redeemed = Eingelöst für { $who }
result-taken-back-what = Zählt nicht mehr für { $who }: { $what }
result-reward-back = { $reward } für { $who } ist storniert. Wieder auf der Karte: { $back }.
result-claim-back = { $reward } für { $who } ist storniert und kann wieder ausgegeben werden.
result-claim = Kontrollcode
result-this-card = diese Karte
result-back-to-card = Zurück zur Karte

shortcuts-title = Tastatur
shortcut-search = zum Scanfeld
shortcut-amount = Betrag tippen
shortcut-confirm = bestätigen
shortcut-undo = zum Stornieren; Enter bestätigt
shortcut-start = nächster Kunde
shortcut-list = diese Liste
shortcut-single = Einzelne Tasten (/, 0–9, Z, ?) gelten auf diesem Gerät als Kürzel

pair-refused = Dieser Code öffnet keine Kasse. Bitte geben Sie ihn noch einmal vollständig ein, oder fragen Sie die Person, die diese Installation betreibt.
pair-ended = Diese Kasse ist abgemeldet, deshalb wurde nichts gezählt. Bitte verbinden Sie sie neu.
till-suspended = Das Konto dieses Händlers ist gesperrt.
till-suspended-next = Die Karten behalten, was auf ihnen ist. Bitte fragen Sie Ihre Leitung.

found-unknown = Diese Nummer kennen wir nicht. Bitte scannen Sie noch einmal, oder tippen Sie die zwölf Zeichen unter dem Code.
found-replaced = Diese Karte wurde ersetzt. Bitte fragen Sie nach der neuen, oder suchen Sie nach Telefon oder E-Mail.
found-link = Das ist die Adresse einer Kundenseite. Bitte scannen Sie den Code, den die Seite zeigt.
found-several = Welche Karte?
found-open = Öffnen

claim-give = Ausgeben
claim-paid = Es ist schon beglichen und muss nur noch ausgegeben werden.
redeem-payable = Zu zahlender Betrag
order-ref = Bonnummer (freiwillig)

nothing-given = Dieser Einkauf ist zu klein, um etwas zu bringen.
nothing-given-below = Dieser Einkauf bringt nichts. Es zählen Einkäufe ab { $minimum }.
note-recorded = Schon erfasst ({ $when }): Dies ist die Antwort von damals, nichts zählt doppelt.
note-capped = Durch eine Grenze gekürzt; sonst { $amount }.
note-welcome = Davon zum Willkommen: { $amount }.
note-claim = Eine Belohnung wartet: { $reward }.

refused-form = Diese Seite ist veraltet. Bitte öffnen Sie die Karte neu.
refused-progress = Dasselbe wird gerade ausgeführt. Bitte versuchen Sie es in ein paar Sekunden noch einmal.
refused-busy = Gerade ist viel los. Nichts wurde gezählt; bitte versuchen Sie es in ein paar Sekunden noch einmal.
refused-unwritable = Im Augenblick kann nichts gespeichert werden, deshalb wurde nichts gezählt. Bitte notieren Sie Karte und Einkauf, und sagen Sie es der Person, die diese Installation betreibt.
refused-kind = Diese Karte sammelt das nicht. Bitte öffnen Sie die Karte neu.
refused-redeem-closed = Belohnungen dieses Programms können nicht mehr eingelöst werden.
refused-store = Diese Karte wird in { $store } bedient.
refused-own = Niemand bedient die eigene Karte. Bitte fragen Sie jemanden aus dem Team.
refused-forbidden = Hier kann nur das Letzte auf einer Karte storniert werden, an der Kasse, die es gebucht hat. Alles andere kann berichtigen, wer das Programm betreibt.
refused-order = Dieser Bon wurde mit einer anderen Karte oder einem anderen Betrag erfasst. Bitte prüfen Sie die Nummer.
refused-manager = An einer Kasse zählen Einkäufe bis { $limit } ohne Leitung. Ist keine da? Bitte notieren Sie Karte und Bon: Wer das Programm betreibt, kann diesen nachtragen.
refused-cooldown = Bitte warten Sie { $minutes } Min.: Es geht wieder ab { $time }.
refused-cooldown-long = Diese Karte wurde vor Kurzem bedient. Es geht wieder ab { $time }.
refused-day = Die Grenze dieser Karte ist erreicht. An einem anderen Tag geht es weiter.
refused-day-rest = Für diese Karte jetzt nur noch { $remaining }. Bitte geben Sie weniger.
refused-full = Diese Karte ist voll. Bitte lösen Sie zuerst ihre Belohnung ein.
refused-anonymous = Eine Karte ohne Kontakt fasst höchstens { $cap }. Bitten Sie die Kundin oder den Kunden, mit Kontakt beizutreten.
refused-short = Für diese Belohnung fehlt noch: { $missing }.
refused-used = Schon ausgegeben: { $when }.
refused-not-voidable = Das kann nicht storniert werden. Wer das Programm betreibt, kann es berichtigen.
refused-voided = Das wurde schon storniert. Es ist nichts mehr zu tun.
refused-late = Zum Stornieren ist es hier zu spät. Wer das Programm betreibt, kann es berichtigen.
refused-spent = Es ist schon eingelöst. Es fehlt noch: { $missing }. Wer das Programm betreibt, kann es berichtigen.
refused-reward-inactive = Diese Belohnung gibt es nicht mehr. Bitte wählen Sie eine andere.
refused-reward-window = Diese Belohnung wird jetzt nicht ausgegeben. Bitte wählen Sie eine andere, oder kommen Sie zu ihrer Zeit wieder.
refused-reward-store = Diese Belohnung gibt es in einer anderen Filiale. Bitte wählen Sie eine andere.
refused-reward-stock = Diese Belohnung ist vergriffen. Bitte wählen Sie eine andere.
refused-reward-limit = Diese Karte hat ihren Anteil dieser Belohnung vorerst bekommen. Bitte wählen Sie eine andere.
refused-reward-order = Diese Belohnung braucht einen Einkauf ab { $needed }.

field-amount = Bitte tippen Sie einen Betrag über null, zum Beispiel 12,50.
field-precision = Das ist kleiner als die kleinste Münze. Bitte tippen Sie weniger Stellen nach dem Komma.
field-number = Bitte tippen Sie eine ganze Zahl.
field-reference = Eine Bonnummer hat höchstens 100 Zeichen.
field-range = Bitte wählen Sie zwischen { $min } und { $max }.
field-minimum = Zu wenig für einen Stempel: Es braucht { $needed }.
field-points = Bitte tippen Sie, wie viele Punkte eingelöst werden.
field-points-none = Dieser Betrag ist zu klein, um mit Punkten zu zahlen.
field-points-minimum = Bitte lösen Sie mindestens { $needed } ein.
field-points-step = Punkte werden in Schritten von { $step } eingelöst.
field-points-share = Für diesen Einkauf höchstens: { $most }.
result-for = für { $who }
