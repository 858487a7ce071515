# Wat d’Personal un der Keess liest: kuerz, kloer, vun engem Meter ze liesen.

till-title = Keess
till-online = online
till-offline = keng Verbindung
till-menu = Menü
till-end = Dës Keess ofmellen
till-away = Keng Verbindung. Näischt ass verluer: den Ecran bleift, wéi en ass, an Dir maacht weider, soubal d’Verbindung erëm do ass.
till-waiting = Een Ament …
till-slow = Dat dauert méi laang wéi soss. Dir kënnt et roueg nach eng Kéier probéieren: näischt zielt duebel.
till-failed = D’Keess huet de Server net erreecht. Dir kënnt et roueg nach eng Kéier probéieren: näischt zielt duebel.
till-leave = Dobäi loossen

pair-title = Dës Keess verbannen
pair-lead = Dësen Apparat gëtt d’Keess vun engem Geschäft. Dat maacht Dir nëmmen eng Kéier.
pair-token = Code vum Terminal
pair-hint = Wien dës Installatioun bedreift, kann en Iech ginn. An der Demonstratioun mécht d’Startsäit all Keess ouni Code op.
pair-submit = Verbannen

scan-label = Eng Kaart scannen oder hir Nummer tippen
scan-placeholder = Scannen oder tippen
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
last-five = Déi lescht fënnef
last-empty = Wat Dir un dëser Keess maacht, steet hei.
last-hint = Maacht eng Kaart op, fir eppes z’annuléieren.

till-card-number = Kaart { $number }
till-member-since = Member zënter dem { $date }
till-last-visit = Lescht Visitt: { $when }
till-no-events = Nach näischt: dat ass déi éischt Visitt.

warn-wait = Den nächste Stempel geet ab { $time }.
warn-day-full = All d’Stempele vun haut si verginn. Muer geet et weider.
warn-blocked = Dës Kaart ass gespaart. Rufft w.e.g. e Chef.
warn-closed = Dës Kaart ass zougemaach.
warn-paused = De Programm mécht eng Paus. Beloununge kënne weider ageléist ginn.
warn-debt = Aus engem Retour op: { $points }. Déi nächst Punkte gläichen dat fir d’éischt aus.

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
redeem-ask = Erausginn: { $reward }?
redeem-cost = { $who }: { $cost } manner.
redeem-worth = { $cost } = { $money }
redeem-points = Wéi vill Punkten
redeem-confirm = Jo, aléisen

undo = Annuléieren
undo-what = { $what } ({ $time }) annuléieren
next-customer = Nächste Client

result-give = Erausginn: { $reward }
result-taken-back = Annuléiert
result-take-off = Ofzéien: { $money }
result-wait = Nach net
result-no = Neen
result-given = Fir { $who }: { $what }
result-redeemed = Ageléist fir { $who }
result-taken-back-what = Zielt net méi fir { $who }: { $what }
result-claim = Kontrollcode
result-this-card = dës Kaart
result-back-to-card = Zréck op d’Kaart

shortcuts-title = Tastatur
shortcut-search = an d’Scanfeld
shortcut-amount = de Betrag tippen
shortcut-confirm = confirméieren
shortcut-undo = de leschte Schrëtt annuléieren
shortcut-start = nächste Client
shortcut-list = dës Lëscht

pair-refused = Dëse Code mécht keng Keess op. Kopéiert e w.e.g. nach eng Kéier ganz, oder frot Äre Chef no engem neien.
pair-ended = Dës Keess ass ofgemellt, dofir gouf näischt gezielt. Verbannt se w.e.g. nei.
till-suspended = De Kont vun dësem Commerçant ass gespaart.
till-suspended-next = D’Kaarte behalen, wat drop ass. Frot w.e.g. Äre Chef.

found-unknown = Keng vun eise Kaarten. Scannt w.e.g. nach eng Kéier, oder tippt d’Nummer ënnert dem Code.
found-replaced = Dës Kaart gouf ersat. Frot w.e.g. no der neier, oder sicht no der Telefonsnummer oder der E-Mail.
found-link = Dat ass d’Adress vun enger Clientssäit. Scannt w.e.g. de Code, deen d’Säit weist.
found-several = Wéi eng Kaart?
found-open = Opmaachen

claim-give = Iwwerginn
claim-paid = Et ass scho beglach a muss just nach iwwergi ginn.
redeem-payable = Betrag ze bezuelen
order-ref = Bongsnummer (fräiwëlleg)

nothing-given = Dësen Akaf ass ze kleng, fir eppes ze bréngen.
nothing-given-below = Dësen Akaf bréngt näischt. Akeef zielen ab { $minimum }.
note-recorded = Schonn erfaasst ({ $when }): dat hei ass d’Äntwert vun deemools, näischt zielt duebel.
note-capped = Duerch eng Limitt gekierzt; soss { $amount }.
note-welcome = Dovun als Wëllkomm: { $amount }.
note-claim = Eng Belounung waart: { $reward }.

refused-form = Dës Säit ass net méi aktuell. Maacht d’Kaart w.e.g. nei op.
refused-progress = Datselwecht gëtt grad gemaach. Probéiert et w.e.g. an e puer Sekonnen nach eng Kéier.
refused-busy = Grad ass vill lass. Näischt gouf gezielt; probéiert et w.e.g. an e puer Sekonnen nach eng Kéier.
refused-unwritable = Am Moment kann näischt gespäichert ginn, dofir gouf näischt gezielt. Rufft w.e.g. e Chef.
refused-kind = Dës Kaart sammelt dat net. Maacht d’Kaart w.e.g. nei op.
refused-redeem-closed = Beloununge vun dësem Programm kënnen net méi ageléist ginn.
refused-store = Dës Kaart gëtt hei bedéngt: { $store }.
refused-own = Kee bedéngt seng eege Kaart. Frot w.e.g. e Kolleeg.
refused-forbidden = Hei kann nëmmen dat Lescht op enger Kaart annuléiert ginn, un der Keess, déi et gemaach huet. Rufft w.e.g. e Chef.
refused-order = Dëse Bong gouf mat enger anerer Kaart oder engem anere Betrag erfaasst. Kuckt w.e.g. d’Nummer no, oder rufft e Chef.
refused-manager = Iwwer { $limit } muss dat e Chef maachen. Rufft w.e.g. een.
refused-cooldown = Waart w.e.g. { $minutes } Min.: et geet erëm ab { $time }.
refused-day = D’Limitt vun dëser Kaart ass erreecht. Muer geet et weider, oder rufft e Chef.
refused-day-rest = Fir dës Kaart elo just nach { $remaining }. Gitt w.e.g. manner.
refused-full = Dës Kaart ass voll. Léist w.e.g. fir d’éischt hir Belounung an.
refused-anonymous = Eng Kaart ouni Kontakt hält héchstens { $cap }. Frot de Client w.e.g., mat engem Kontakt matzemaachen.
refused-short = Fir dës Belounung feelt nach: { $missing }.
refused-used = Schonn iwwerginn: { $when }.
refused-not-voidable = Dat kann net annuléiert ginn. E Chef kann et korrigéieren.
refused-voided = Dat gouf schonn annuléiert. Et ass näischt méi ze maachen.
refused-late = Et ass ze spéit, fir dat hei z’annuléieren. E Chef kann et korrigéieren.
refused-spent = Et ass schonn ausginn. Et feelt nach: { $missing }. E Chef kann et korrigéieren.
refused-reward-inactive = Dës Belounung gëtt et net méi. Wielt w.e.g. eng aner.
refused-reward-window = Dës Belounung gëtt elo net erausginn. Wielt w.e.g. eng aner, oder kommt zu hirer Zäit erëm.
refused-reward-store = Dës Belounung gëtt et an engem anere Geschäft. Wielt w.e.g. eng aner.
refused-reward-stock = Dës Belounung ass ausverkaaft. Wielt w.e.g. eng aner.
refused-reward-limit = Dës Kaart huet hiren Deel vun dëser Belounung fir den Ament kritt. Wielt w.e.g. eng aner.
refused-reward-order = Dës Belounung brauch en Akaf vu mindestens { $needed }.

field-amount = Tippt w.e.g. e Betrag iwwer null, zum Beispill 12,50.
field-precision = Dat ass méi kleng wéi déi klengste Mënz. Tippt w.e.g. manner Zifferen nom Komma.
field-number = Tippt w.e.g. eng ganz Zuel.
field-reference = Eng Bongsnummer huet héchstens 100 Zeechen.
field-range = Erlaabt ass { $min } bis { $max }.
field-minimum = Ze wéineg fir e Stempel: et brauch { $needed }.
field-points = Tippt w.e.g., wéi vill Punkten ageléist ginn.
field-points-minimum = Léist w.e.g. op d’mannst { $needed } an.
field-points-step = Punkte gi schrëttweis ageléist; de Schrëtt ass { $step }.
field-points-share = Fir dësen Akaf héchstens: { $most }.
result-for = fir { $who }
