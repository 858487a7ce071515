# Who serves, and their PIN: read by staff, in a hurry.

pin-who = Wer bedient?
pin-who-manages = Welche Leitung erlaubt es?
pin-label = PIN
pin-confirm = Bestätigen
pin-leave = Zurück, ohne es zu tun
pin-without = Ohne PIN weiter
pin-nobody = Hier hat noch niemand eine PIN. Die Leitung vergibt sie im Büro.
pin-no-manager = Keine Leitung dieser Filiale hat eine PIN.
pin-ask-manager = Leitung fragen
pin-typed =
    { $count ->
        [one] { $count } Ziffer
       *[other] { $count } Ziffern
    }

turn-begin = Zeigen, wer bedient
turn-end = Übergeben

own-pin = Meine PIN ändern
own-pin-title = Ihre eigene PIN
own-pin-lead = Niemand sonst erfährt sie, auch nicht die Leitung. Die alte gilt sofort nicht mehr.
own-pin-old = Jetzige PIN
own-pin-submit = Meine PIN speichern
own-pin-must = Bitte wählen Sie eine eigene PIN, bevor es weitergeht.

pin-reason = Warum
pin-reason-request = Auf Wunsch der Kundschaft
pin-reason-complaint = Eine Beschwerde
pin-reason-goodwill = Aus Kulanz
pin-reason-other = Etwas anderes
