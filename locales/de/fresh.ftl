refused-stale = Dieser Code ist zu alt oder wurde schon benutzt. Bitte scannen Sie den Code, den die geöffnete Karte jetzt zeigt.
refused-unshown = Um diese Belohnung auszugeben, scannen Sie bitte den Code, den die geöffnete Karte jetzt zeigt.
fresh-needed = Um eine Belohnung auszugeben, scannen Sie bitte den Code auf der geöffneten Karte.
card-code-live = Dieser Code erneuert sich jede halbe Minute.
