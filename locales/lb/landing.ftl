# D’Startsäit vun enger Installatioun.

landing-title = Trei
landing-lead = E Programm fir trei Clienten, deen e Commerce, eng Ketten oder eng Stad selwer bedreift: Stempelkaarten a Punkten, ouni App.
landing-plain = Dëse Server féiert Clientskaarten. D’Clientë maachen hir Kaart mat hirem eegene Link op; d’Personal schafft un der Keess.
landing-demo = Dat hei ass eng Demonstratioun mat erfonnte Commercen a Leit: { $cards } Kaarten, { $events } Evenementer. Probéiert alles aus; näischt verléisst dëse Server.
landing-empty = Hei gëtt et nach kee Commerce. De Befeel „trei demo“ fëllt eng eidel Installatioun mat véier Commercen, fir se auszeprobéieren.
landing-till = D’Keess opmaachen
landing-till-what = Fir d’Personal, op engem verbonnenen Apparat
landing-card = Eng Kaart ukucken
landing-join = Matmaachen
landing-shops = Hei matmaachen
landing-api = API-Dokumentatioun
landing-api-what = Fir d’Entwécklung vu Keesen a Webshoppen
landing-version = Trei { $version }, fräi Software ënner der AGPL
landing-pins = D’Keess freet, wien bedéngt. PINen: { $people }.
