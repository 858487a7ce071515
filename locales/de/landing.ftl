# Die Startseite einer Installation.

landing-title = Trei
landing-lead = Ein Treueprogramm, das ein Laden, eine Kette oder eine Stadt selbst betreibt: Stempelkarten und Punkte, ohne App.
landing-plain = Dieser Server führt Treuekarten. Kundinnen und Kunden öffnen ihre Karte über ihren eigenen Link; das Personal arbeitet an der Kasse.
landing-demo = Dies ist eine Vorführung mit erfundenen Läden und Menschen: { $cards } Karten, { $events } Ereignisse. Probieren Sie alles aus; nichts verlässt diesen Server.
landing-empty = Hier gibt es noch keinen Laden. Der Befehl „trei demo“ füllt eine leere Installation mit vier Läden zum Ausprobieren.
landing-till = Kasse öffnen
landing-till-what = Für das Personal, auf einem verbundenen Gerät
landing-card = Karte ansehen
landing-join = Mitmachen
landing-shops = Hier mitmachen
landing-api = API-Dokumentation
landing-api-what = Für die Entwicklung von Kassen und Webshops
landing-version = Trei { $version }, freie Software unter der AGPL
landing-pins = Die Kasse fragt, wer bedient. PINs: { $people }.
