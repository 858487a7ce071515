# Who serves, and their PIN: read by staff, in a hurry.

pin-who = Who serves?
pin-who-manages = Which manager allows it?
pin-label = PIN
pin-confirm = Confirm
pin-leave = Back without doing it
pin-without = Go on without a PIN
pin-nobody = Nobody who serves here has a PIN yet. A manager sets PINs in the back office.
pin-no-manager = No manager of this store has a PIN.
pin-ask-manager = Ask a manager
# $count (Number) - how many digits stand there
pin-typed =
    { $count ->
        [one] { $count } digit
       *[other] { $count } digits
    }

turn-begin = Show who serves
turn-end = Hand over

own-pin = Change my PIN
own-pin-title = Your own PIN
own-pin-lead = Nobody else learns it, not even a manager. The old one stops working at once.
own-pin-old = PIN you have now
own-pin-submit = Save my PIN
own-pin-must = Please choose a PIN of your own before you go on.

pin-reason = Why
pin-reason-request = The customer asked
pin-reason-complaint = A complaint
pin-reason-goodwill = For goodwill
pin-reason-other = Something else
