refused-stale = Dieser Code ist zu alt oder wurde schon benutzt. Bitte scannen Sie den Code, den die geöffnete Karte jetzt zeigt.
refused-unshown = Um diese Belohnung auszugeben, scannen Sie bitte den Code, den die geöffnete Karte jetzt zeigt.
fresh-needed = Um eine Belohnung auszugeben, scannen Sie bitte den Code auf der geöffneten Karte.
card-code-live = Dieser Code erneuert sich jede halbe Minute.

# A till asks on the open card; its owner answers.

confirm-title = { $what }?
confirm-cost = Das nimmt { $cost } von Ihrer Karte. Das Geschäft gibt es aus, sobald Sie Ja sagen.
confirm-paid = Es ist schon bezahlt. Das Geschäft gibt es aus, sobald Sie Ja sagen.
confirm-yes = Ja, ausgeben
confirm-no = Nein
confirm-said-yes = Sie haben Ja gesagt. Das Geschäft kann es jetzt ausgeben.
confirm-said-no = Sie haben Nein gesagt. Es wird nichts ausgegeben.
confirm-said-late = Das war zu spät: Das Geschäft wartet nicht mehr.
confirm-ask = Auf der Karte der Kundschaft fragen
confirm-wait-title = Die Kundschaft wird gefragt
confirm-wait = { $what } für { $who }: Die offene Karte fragt, ob es ausgegeben werden soll.
confirm-look = Noch einmal nachsehen
confirm-yes-title = Die Antwort ist Ja
confirm-yes-next = Es kann jetzt ausgegeben werden: { $what }.
confirm-give = { $what } ausgeben
confirm-no-title = Die Antwort ist Nein
confirm-no-next = Es wird nichts ausgegeben, und nichts wurde von der Karte genommen.
confirm-over-title = Niemand hat geantwortet
confirm-over-next = Die Karte muss auf dem Telefon offen sein.
confirm-again = Noch einmal fragen
