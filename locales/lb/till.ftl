# Wat d'Personal un der Keess liest: kuerz, kloer, vun engem Meter ze liesen.

till-title = Keess
till-online = online
till-offline = keng Verbindung
till-menu = Menü
till-end = Dës Keess ofmellen
till-away = Keng Verbindung. Näischt ass verluer: den Ecran bleift, wéi en ass, an Dir maacht weider, soubal d'Verbindung erëm do ass.
till-waiting = Een Ament …
till-slow = Dat dauert méi laang wéi soss. Dir kënnt et roueg nach eng Kéier probéieren: näischt zielt duebel.
till-failed = D'Keess huet de Server net erreecht. Dir kënnt et roueg nach eng Kéier probéieren: näischt zielt duebel.

pair-title = Dës Keess verbannen
pair-lead = Dësen Apparat gëtt d'Keess vun engem Geschäft. Dat maacht Dir nëmmen eng Kéier.
pair-token = Code vum Terminal
pair-hint = Dir fannt en an der Verwaltung ënner Terminaler. An der Demonstratioun ass e scho virausgefëllt.
pair-submit = Verbannen

scan-label = Eng Kaart scannen oder hir Nummer antippen
scan-placeholder = Scannen oder Nummer tippen
scan-find = Sichen

today-title = Haut · { $store }
today-stamps =
    { $count ->
        [one] Stempel
       *[other] Stempelen
    }
today-points =
    { $count ->
        [one] Punkt
       *[other] Punkten
    }
today-rewards =
    { $count ->
        [one] Belounung
       *[other] Belounungen
    }
today-cards =
    { $count ->
        [one] nei Kaart
       *[other] nei Kaarten
    }
today-hours = Visitten no Stonn
last-five = Déi lescht fënnef
last-empty = Wat Dir un dëser Keess maacht, steet hei.
last-hint = Maacht eng Kaart op, fir eppes z'annuléieren.

till-card-number = Kaart { $number }
till-member-since = Member zënter dem { $date }
till-last-visit = Lescht Visitt: { $when }
till-no-events = Nach näischt: dat ass déi éischt Visitt.

warn-wait = Den nächste Stempel ass ab { $time } méiglech.
warn-day-full = All d'Stempele vun haut si verginn. Muer geet et weider.
warn-blocked = Dës Kaart ass gespaart. Frot de Client, sech ze mellen, oder rufft de Chef.
warn-closed = Dës Kaart ass zougemaach.
warn-paused = De Programm mécht eng Paus. Beloununge kënne weider ageléist ginn.
warn-debt = { $points } Punkte sinn no engem Retour op; déi nächst Punkte gläichen déi fir d'éischt aus.

quantity = Wéi vill
quantity-less = Ee manner
quantity-more = Ee méi
give-stamp = Stempel
give-points = Punkte ginn
give-nothing = Op dës Kaart kann elo näischt gi ginn.
amount = Betrag vum Akaf
amount-hint = Tippt de Betrag, fir ze gesinn, wat e bréngt.
amount-erase = Déi lescht Ziffer läschen

redeem = Aléisen
redeem-ask = { $reward } erausginn?
redeem-cost = Dat kascht { $who } { $cost }
redeem-points = Wéi vill Punkten
redeem-confirm = Jo, aléisen

undo = Réckgängeg
undo-what = { $what } ({ $time }) réckgängeg maachen
next-customer = Nächste Client

result-give = Erausginn: { $reward }
result-taken-back = Réckgängeg gemaach
result-wait = Nach net
result-no = Neen
result-given = { $what } fir { $who }
result-redeemed = Ageléist fir { $who }
result-taken-back-what = { $what } fir { $who } zielt net méi.
result-claim = Bong
result-this-card = dës Kaart
result-back-to-card = Zréck op d'Kaart

shortcuts-title = Tastatur
shortcut-search = an d'Scanfeld
shortcut-amount = de Betrag tippen
shortcut-confirm = confirméieren
shortcut-undo = de leschte Schratt réckgängeg maachen
shortcut-start = nächste Client
shortcut-list = dës Lëscht
