# D’Wierder vun alle Säiten. Uried: Dir. Schreifweis nom ZLS.

skip-to-content = Bei den Inhalt
language = Sprooch
theme = Ausgesinn
theme-system = Wéi den Apparat
theme-light = Hell
theme-dark = Däischter
close = Zoumaachen
cancel = Ofbriechen
optional = fräiwëlleg
try-again = Nach eng Kéier probéieren
form-errors = Kuckt w.e.g. hei no:

labelled = { $label }: { $value }

day-today = haut
day-tomorrow = muer
day-yesterday = gëschter

stamps =
    { $count ->
        [one] { $shown } Stempel
       *[other] { $shown } Stempelen
    }
points =
    { $count ->
        [one] { $shown } Punkt
       *[other] { $shown } Punkten
    }
points-word =
    { $count ->
        [one] Punkt
       *[other] Punkten
    }

card-stamps = { $have }/{ $target } Stempelen, nach { $missing }
card-stamps-full = { $have }/{ $target } Stempelen, eng Belounung ass prett
card-stamps-over = { $stamps }, eng Belounung ass prett
card-count = { $have }/{ $target }
card-to-go = nach { $missing }
card-reward-ready = Belounung prett
card-points-next = nach { $missing }: { $reward }

rewards = Belounungen
reward-missing = nach { $amount }
reward-away = am Moment net ze kréien
lately = Viru Kuerzem
why = firwat?
balance-after = Stand duerno: { $balance }

event-enrolled = Wëllkomm
event-stamped = Stempel
event-earned = Akaf
event-redeemed = Belounung
event-voided = Annuléiert
event-voided-what = Annuléiert: { $what }
event-returned = Retour
event-adjusted = Korrektur
event-expired = Verfall
event-blocked = Kaart gespaart
event-unblocked = Kaart entspaart
event-replaced = Kaart ersat
event-closed = Kaart zougemaach
event-confirmed = Adress confirméiert
event-merged = Kaarten zesummegeluecht
event-taken-back = annuléiert

problem-not-found = Op dëser Adress ass näischt.
problem-not-found-next = Vläicht feelt e Buschtaf. Maacht de Link w.e.g. nach eng Kéier do op, wou Dir e fonnt hutt.
problem-broken = Bei eis ass eppes schifgaangen.
problem-broken-next = Näischt, wat Dir gemaach hutt, ass verluer. Probéiert et w.e.g. gläich nach eng Kéier.
problem-later-next = Waart w.e.g. een Ament a probéiert et dann nach eng Kéier.
problem-other-next = Gitt w.e.g. zréck a probéiert et anescht.
problem-forbidden = Dat ass hei net erlaabt.
problem-not-understood = Dës Ufro war net ze verstoen.
problem-too-large = Dat war ze vill op eemol.
problem-busy = Am Moment ass ze vill lass.
problem-request = Wann Dir et mellt, da sot w.e.g.
problem-home = Op d’Startsäit
