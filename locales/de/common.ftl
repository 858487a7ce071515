# Die Wörter aller Seiten. Anrede: Sie.

skip-to-content = Zum Inhalt
language = Sprache
theme = Darstellung
theme-system = Wie das Gerät
theme-light = Hell
theme-dark = Dunkel
close = Schließen
cancel = Abbrechen
optional = freiwillig
try-again = Noch einmal versuchen
form-errors = Bitte prüfen Sie:

labelled = { $label }: { $value }

day-today = heute
day-tomorrow = morgen
day-yesterday = gestern

stamps =
    { $count ->
        [one] { $shown } Stempel
       *[other] { $shown } Stempel
    }
points =
    { $count ->
        [one] { $shown } Punkt
       *[other] { $shown } Punkte
    }
points-word =
    { $count ->
        [one] Punkt
       *[other] Punkte
    }

card-stamps = { $have } von { $target } Stempeln, noch { $missing }
card-stamps-full = { $have } von { $target } Stempeln, eine Belohnung ist bereit
card-stamps-over = { $stamps }, eine Belohnung ist bereit
card-count = { $have } von { $target }
card-to-go = noch { $missing }
card-reward-ready = Belohnung bereit
card-points-next = noch { $missing }: { $reward }

rewards = Belohnungen
reward-missing = noch { $amount }
reward-away = zurzeit nicht erhältlich
lately = Zuletzt
why = warum?
balance-after = Stand danach: { $balance }

event-enrolled = Willkommen
event-stamped = Stempel
event-earned = Einkauf
event-redeemed = Belohnung
event-voided = Storno
event-voided-what = Storniert: { $what }
event-returned = Rückgabe
event-adjusted = Korrektur
event-expired = Verfallen
event-blocked = Karte gesperrt
event-unblocked = Karte entsperrt
event-replaced = Karte ersetzt
event-closed = Karte geschlossen
event-confirmed = Adresse bestätigt
event-merged = Karten zusammengelegt
event-taken-back = storniert

problem-not-found = Unter dieser Adresse gibt es nichts.
problem-not-found-next = Vielleicht fehlt ein Buchstabe. Bitte öffnen Sie den Link noch einmal dort, wo Sie ihn gefunden haben.
problem-broken = Bei uns ist etwas schiefgegangen.
problem-broken-next = Nichts, was Sie getan haben, ist verloren. Bitte versuchen Sie es gleich noch einmal.
problem-later-next = Bitte warten Sie einen Augenblick und versuchen Sie es dann noch einmal.
problem-other-next = Bitte gehen Sie zurück und versuchen Sie einen anderen Weg.
problem-forbidden = Das ist hier nicht erlaubt.
problem-not-understood = Diese Anfrage war nicht zu verstehen.
problem-too-large = Das war zu viel auf einmal.
problem-busy = Im Moment ist zu viel los.
problem-request = Wenn Sie es melden, nennen Sie bitte
problem-home = Zur Startseite
