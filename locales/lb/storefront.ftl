# Wat d’Clientë liesen: frëndlech, kuerz, ni méi wéi néideg.

join-title = { $program }: Är Kaart
join-lead = Gratis, ouni App, an e puer Sekonne prett.
join-promise = { $cost }: { $reward }
welcome-promise = Wëllkomm: { $amount } bei der éischter Visitt
join-first-name = Virnumm
join-first-name-hint = Fir datt mir Iech begréisse kënnen. Dir musst en net uginn.
join-language = Sprooch vun Ärer Kaart
join-read-terms = D’Konditioune liesen
join-terms-version = Versioun { $version }
join-accept-terms = Ech sinn d’accord mat de Konditioune vun dësem Programm.
join-submit = Meng Kaart kréien
join-privacy = Méi froe mir net. Keng Reklamm, keen Tracking.
join-terms-missing = Akzeptéiert w.e.g. d’Konditiounen.
join-terms-outdated = D’Konditiounen hu geännert. Liest se w.e.g. nach eng Kéier.
join-first-name-long = Benotzt w.e.g. héchstens { $most } Buschtawen.
join-by-staff = Kaarte vun dësem Programm gi vun eisem Personal opgemaach.
join-by-staff-next = Frot w.e.g. un der Keess; et dauert nëmmen ee Moment.
join-closed = Dëse Programm hëlt am Moment keng nei Kaarten un.
join-closed-next = Frot w.e.g. un der Keess, wéini en erëm opgeet.
join-ended = Dëse Programm ass eriwwer.
join-ended-next = En hëlt keng nei Kaarte méi un. Wien eng huet, kann un der Keess no de Beloununge froen, déi nach iwwreg sinn.

card-greeting = Moien, { $name }
card-title = Är Kaart
card-code-title = Code fir d’Keess
card-show-at-till = Weist dëse Code un der Keess
card-number-spelled = Kaartennummer: { $number }
card-enlarge = De Code vergréisseren
card-bars = Barcode fir den Handscanner
card-keep-link = Dës Adress ass Är Kaart. Hieft se gutt op, zum Beispill als Lieszeechen oder um Startecran.
card-link-renewed = Dëse Link weist d’Kaart net méi.
card-link-merged = Dës Kaart ass an enger anerer opgaangen.
card-link-next = D’Kaart huet elo en anere Link. Loosst Iech eng E-Mail schécken oder frot am Geschäft.
card-link-ask = Meng Kaart per E-Mail kréien
card-blocked = Dës Kaart ass gespaart. Schwätzt eis w.e.g. un der Keess un.
card-closed = Dës Kaart ass zougemaach.
card-merged = Zwou vun Äre Kaarte goufen zesummegeluecht. Dës hei gëllt weider; Ären ale Code féiert heihin.
card-paused = De Programm mécht eng Paus. Är Beloununge si sécher.
card-ended = De Programm ass eriwwer. Frot eis w.e.g. no Belounungen, déi nach iwwreg sinn.
reward-ready =
    { $times ->
        [one] prett
       *[other] { $times }-mol prett
    }
reward-how = Weist Äre Code un der Keess a frot duerno.
coming = Ënnerwee
coming-from = vum { $date } un
expiries = Zäiteg benotzen
expires-on = bis { $date }
history-all = Alles ukucken
lately-empty = Hei stinn Ären éischte Stempel oder Är éischt Punkten.

history-title = Verlaf
history-back = Zréck op d’Kaart
filter-label = Weisen
filter-all = Alles
filter-earned = Kritt
filter-redeemed = Belounungen
filter-other = Aneres
history-empty-filter = Dovu gëtt et nach näischt.
history-pages = Säiten
history-newest = Déi neist
history-older = Méi al
