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
