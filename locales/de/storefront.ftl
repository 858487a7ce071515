# Was Kundinnen und Kunden lesen: freundlich, kurz, nie mehr als nötig.

join-title = { $program }: Ihre Karte
join-lead = Kostenlos, ohne App, in wenigen Sekunden bereit.
join-promise = { $cost }: { $reward }
welcome-promise = Willkommen: { $amount } beim ersten Besuch
join-first-name = Vorname
join-first-name-hint = Damit wir Sie begrüßen können. Sie müssen ihn nicht angeben.
join-language = Sprache Ihrer Karte
join-read-terms = Bedingungen lesen
join-terms-version = Fassung { $version }
join-accept-terms = Ich bin mit den Bedingungen dieses Programms einverstanden.
join-submit = Meine Karte holen
join-privacy = Mehr fragen wir nicht. Keine Werbung, kein Tracking.
join-terms-missing = Bitte stimmen Sie den Bedingungen zu.
join-terms-outdated = Die Bedingungen haben sich geändert. Bitte lesen Sie sie noch einmal.
join-first-name-long = Bitte verwenden Sie höchstens { $most } Buchstaben.
join-by-staff = Karten dieses Programms eröffnet unser Personal.
join-by-staff-next = Bitte fragen Sie an der Kasse; es dauert nur einen Moment.
join-closed = Dieses Programm nimmt zurzeit keine neuen Karten auf.
join-closed-next = Bitte fragen Sie an der Kasse, wann es wieder öffnet.
join-ended = Dieses Programm ist beendet.
join-ended-next = Es nimmt keine neuen Karten mehr auf. Wer eine hat, kann an der Kasse nach offenen Belohnungen fragen.

card-greeting = Guten Tag, { $name }
card-title = Ihre Karte
card-code-title = Code für die Kasse
card-show-at-till = Zeigen Sie diesen Code an der Kasse
card-number-spelled = Kartennummer: { $number }
card-enlarge = Code vergrößern
card-bars = Strichcode für Handscanner
card-keep-link = Diese Adresse ist Ihre Karte. Bewahren Sie sie auf, etwa als Lesezeichen oder auf dem Startbildschirm.
card-link-renewed = Dieser Link zeigt die Karte nicht mehr.
card-link-merged = Diese Karte ist in einer anderen aufgegangen.
card-link-next = Die Karte hat jetzt einen anderen Link. Lassen Sie sich eine E-Mail senden oder fragen Sie im Geschäft.
card-link-ask = Meine Karte per E-Mail erhalten
card-blocked = Diese Karte ist gesperrt. Bitte sprechen Sie uns an der Kasse an.
card-closed = Diese Karte ist geschlossen.
card-merged = Zwei Ihrer Karten wurden zusammengelegt. Diese hier gilt weiter; Ihr alter Code führt hierher.
card-paused = Das Programm macht eine Pause. Ihre Belohnungen sind sicher.
card-ended = Das Programm ist beendet. Bitte fragen Sie uns nach Belohnungen, die noch offen sind.
reward-ready =
    { $times ->
        [one] bereit
       *[other] { $times }-mal bereit
    }
reward-how = Zeigen Sie Ihren Code an der Kasse und fragen Sie danach.
coming = Unterwegs
coming-from = ab { $date }
expiries = Rechtzeitig nutzen
expires-on = bis { $date }
history-all = Alles ansehen
lately-empty = Hier erscheinen Ihr erster Stempel oder Ihre ersten Punkte.

history-title = Verlauf
history-back = Zurück zur Karte
filter-label = Anzeigen
filter-all = Alles
filter-earned = Erhalten
filter-redeemed = Belohnungen
filter-other = Sonstiges
history-empty-filter = Davon gibt es noch nichts.
history-pages = Seiten
history-newest = Neueste
history-older = Ältere
