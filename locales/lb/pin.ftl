# Who serves, and their PIN: read by staff, in a hurry.

pin-who = Wien bedéngt?
pin-who-manages = Wéi ee Chef erlaabt et?
pin-label = PIN
pin-confirm = Confirméieren
pin-leave = Zréck, ouni et ze maachen
pin-without = Ouni PIN weider
pin-nobody = Hei huet nach keen e PIN. E Chef verdeelt se an der Gestioun.
pin-no-manager = Kee Chef vun dësem Geschäft huet e PIN.
pin-ask-manager = E Chef froen
pin-typed =
    { $count ->
        [one] { $count } Ziffer
       *[other] { $count } Zifferen
    }

turn-begin = Weisen, wien bedéngt
turn-end = Iwwerginn

own-pin = Mäi PIN änneren
own-pin-title = Ären eegene PIN
own-pin-lead = Keen aneren erfiert en, och de Chef net. Den ale gëllt direkt net méi.
own-pin-old = PIN, deen Dir elo hutt
own-pin-submit = Mäi PIN späicheren
own-pin-must = Wielt w.e.g. en eegene PIN, ier et weidergeet.

pin-reason = Firwat
pin-reason-request = De Client huet gefrot
pin-reason-complaint = Eng Reklamatioun
pin-reason-goodwill = Aus Kulanz
pin-reason-other = Eppes anescht
