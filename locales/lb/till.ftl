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
till-leave = Ouni Äntwert weider

pair-title = Dës Keess verbannen
pair-lead = Dësen Apparat gëtt d’Keess vun engem Geschäft. Dat maacht Dir nëmmen eng Kéier.
pair-token = Code vum Terminal
pair-hint = E Code fänkt mat trei_trm_ un. Wien dës Installatioun bedreift, huet ee fir all Keess; eng Adress, déi mat # an dem Code endegt, verbënnt den Apparat vu selwer.
pair-demo = An der Demonstratioun geet all Keess ouni Code op:
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
warn-wait-points = Déi nächst Punkte sinn ab { $time } méiglech.
warn-limit = D’Limitt vun de Stempele fir dës Kaart ass erreecht. En aneren Dag geet et weider.
warn-limit-points = D’Limitt vun de Punkte fir dës Kaart ass erreecht. En aneren Dag geet et weider.
warn-blocked = Dës Kaart ass gespaart. Wien de Programm bedreift, kann d’Spär ophiewen.
warn-blocked-lost = Dës Kaart gouf als verluer gemellt an ass gespaart. Wien de Programm bedreift, kann d’Spär ophiewen.
warn-blocked-fraud = Dës Kaart ass gespaart, well et e Verdacht op Mëssbrauch gëtt. Bedéngt w.e.g. ouni dës Kaart.
warn-blocked-dispute = Dës Kaart ass gespaart, bis eng Onstëmmegkeet gekläert ass. Bedéngt w.e.g. ouni dës Kaart.
warn-closed = Dës Kaart ass zougemaach.
warn-merged = Dat gehéiert zu enger Kaart, déi mat dëser zesummegeluecht gouf. Hei ass d’Kaart, déi weider gëllt.
warn-paused = De Programm mécht eng Paus. Beloununge kënne weider ageléist ginn.
warn-paused-all = De Programm mécht eng Paus, a Beloununge kënnen elo net ageléist ginn.
warn-ended = De Programm ass eriwwer. Beloununge kënne weider ageléist ginn.
warn-ended-until = De Programm ass eriwwer. Leschten Dag fir Belounungen: { $date }.
warn-ended-all = De Programm ass eriwwer, a seng Beloununge kënnen net méi ageléist ginn.
warn-debt = Aus engem Retour op: { $points }. Déi nächst Punkte gläichen dat fir d’éischt aus.

quantity = Wéi vill
quantity-less = Ee manner
quantity-more = Ee méi
give-stamp = Stempel
give-points = Punkte ginn
give-both = Stempel a Punkte ginn
give-nothing = Op dës Kaart kann elo näischt gi ginn.
amount = Betrag vum Akaf
amount-hint = Tippt de Betrag, fir ze gesinn, wat e bréngt.
amount-erase = Déi lescht Ziffer läschen

redeem = Aléisen
redeem-ask = Erausginn: { $reward }?
redeem-cost = { $who }: { $cost } manner.
redeem-worth = { $cost } = { $money }
redeem-points = Wéi vill Punkten
redeem-balance = Solde: { $balance }
redeem-least = Op d’mannst: { $worth }
redeem-most = Héchstens fir dëse Betrag: { $worth }
redeem-use-most = Sou vill wéi méiglech
redeem-points-hint = Loosst d’Feld eidel, fir déi héchst Zuel ze gesinn.
redeem-suggested = Hei méiglech: { $worth }. Confirméiert w.e.g., oder tippt manner Punkten.
redeem-rest = Nach ze bezuelen: { $money }
result-rest = Nach ze bezuelen: { $money }. Nëmmen dofir gëtt et Punkten.
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
result-reward-back = { $reward } fir { $who } ass annuléiert. Erëm op der Kaart: { $back }.
result-claim-back = { $reward } fir { $who } ass annuléiert a kann erëm iwwergi ginn.
result-claim = Kontrollcode
result-this-card = dës Kaart
result-back-to-card = Zréck op d’Kaart

shortcuts-title = Tastatur
shortcut-search = an d’Scanfeld
shortcut-amount = de Betrag tippen
shortcut-confirm = confirméieren
shortcut-undo = bei d’Annuléieren; Enter confirméiert
shortcut-start = nächste Client
shortcut-list = dës Lëscht
shortcut-single = Eenzel Tasten (/, 0–9, Z, ?) gëllen op dësem Apparat als Ofkierzungen

pair-refused = Dëse Code mécht keng Keess op. Kopéiert e w.e.g. nach eng Kéier ganz, oder frot deen, deen dës Installatioun bedreift.
pair-ended = Dës Keess ass ofgemellt, dofir gouf näischt gezielt. Verbannt se w.e.g. nei.
till-suspended = De Kont vun dësem Commerçant ass gespaart.
till-suspended-next = D’Kaarte behalen, wat drop ass. Frot w.e.g. Äre Chef.

found-unknown = Dës Nummer kenne mir net. Scannt w.e.g. nach eng Kéier, oder tippt déi zwielef Zeechen ënnert dem Code.
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
refused-unwritable = Am Moment kann näischt gespäichert ginn, dofir gouf näischt gezielt. Schreift w.e.g. Kaart an Akaf op, a sot deem Bescheed, deen dës Installatioun bedreift.
refused-kind = Dës Kaart sammelt dat net. Maacht d’Kaart w.e.g. nei op.
refused-redeem-closed = Beloununge vun dësem Programm kënnen net méi ageléist ginn.
refused-store = Dës Kaart gëtt hei bedéngt: { $store }.
refused-own = Kee bedéngt seng eege Kaart. Frot w.e.g. e Kolleeg.
refused-forbidden = Hei kann nëmmen dat Lescht op enger Kaart annuléiert ginn, un der Keess, déi et gemaach huet. Wien de Programm bedreift, kann de Rescht korrigéieren.
refused-order = Dëse Bong gouf mat enger anerer Kaart oder engem anere Betrag erfaasst. Kuckt w.e.g. d’Nummer no.
refused-manager = Un enger Keess zielen Akeef bis { $limit } ouni Chef. Ass keen do? Schreift w.e.g. Kaart a Bong op: wien de Programm bedreift, kann dësen nodroen.
refused-cooldown = Waart w.e.g. { $minutes } Min.: et geet erëm ab { $time }.
refused-cooldown-long = Dës Kaart gouf viru kuerzem bedéngt. Et geet erëm ab { $time }.
refused-day = D’Limitt vun dëser Kaart ass erreecht. En aneren Dag geet et weider.
refused-day-rest = Fir dës Kaart elo just nach { $remaining }. Gitt w.e.g. manner.
refused-full = Dës Kaart ass voll. Léist w.e.g. fir d’éischt hir Belounung an.
refused-anonymous = Eng Kaart ouni Kontakt hält héchstens { $cap }. Frot de Client w.e.g., mat engem Kontakt matzemaachen.
refused-short = Fir dës Belounung feelt nach: { $missing }.
refused-used = Schonn iwwerginn: { $when }.
refused-not-voidable = Dat kann net annuléiert ginn. Wien de Programm bedreift, kann et korrigéieren.
refused-voided = Dat gouf schonn annuléiert. Et ass näischt méi ze maachen.
refused-late = Et ass ze spéit, fir dat hei z’annuléieren. Wien de Programm bedreift, kann et korrigéieren.
refused-spent = Et ass schonn ausginn. Et feelt nach: { $missing }. Wien de Programm bedreift, kann et korrigéieren.
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
field-points-none = Dëse Betrag ass ze kleng, fir mat Punkten ze bezuelen.
field-points-minimum = Léist w.e.g. op d’mannst { $needed } an.
field-points-step = Punkte gi schrëttweis ageléist; de Schrëtt ass { $step }.
field-points-share = Fir dësen Akaf héchstens: { $most }.
result-for = fir { $who }
