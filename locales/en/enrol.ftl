# A new customer at the till, as staff read it; the terms are read by the customer.

enrol-title = New customer
enrol-lead = A phone number or an e-mail address is enough. It is how the card is found again.
enrol-program = Which card?
enrol-contact = Phone number or e-mail
enrol-contact-hint = A number of this country needs no prefix.
enrol-contact-missing = Please type a phone number or an e-mail address, or choose “No details”.
enrol-email = This is not a whole e-mail address. Please read it back letter by letter.
enrol-phone-number = This is not a whole phone number. Please read it back digit by digit.
enrol-language = Language of the card
enrol-continue = Continue
enrol-nameless = No details
enrol-leave = Back to the till
enrol-right = – is that right?
enrol-right-hint = Read it aloud to the customer. One wrong digit, and the card is not found again.
enrol-nameless-title = A card without details
enrol-nameless-hint = Nothing is kept of the person. The customer can add a contact later, on the card’s own page.
# $program (String) - name of the program
enrol-show = For the customer to read: { $program }
# $merchant (String) - name of the shop
enrol-marketing = { $merchant } may write to me about news and offers. I can say no to this at any time.
enrol-open = Open the card
enrol-correct = Correct it
enrol-known = This customer has a card already
# $program (String) - name of the program
enrol-known-hint = There is one card a person of “{ $program }”. Nothing was opened.
enrol-number = Card number
enrol-use = Use this card
enrol-opened = The card is open
# $name (String) - first name
enrol-opened-for = { $name }’s card is open
enrol-phone = Onto the customer’s phone
enrol-phone-code = Code with the address of the customer’s card
enrol-phone-hint = The customer points the phone’s camera here.
# $most (String) - a number
enrol-holds = Until a contact is added, this card holds at most { $most }.
enrol-to-card = To the card
enrol-print = Print a small card
enrol-paper = Show this card at the till.
enrol-store-closed = This store is closed in the system.
enrol-store-closed-next = New cards are opened again when the store is open. Please ask whoever runs the shop.
enrol-closed = No program takes new cards at the moment.
enrol-closed-next = Please ask whoever runs the shop.
enrol-again = That went very fast, or the form had been open for long. Please press the button once more.
enrol-leave-empty = Please leave this empty
enrol-birth-year = Year of birth
enrol-birth-year-hint = Only to know whether you are old enough. It is not kept.
enrol-birth-year-missing = Please type the year of your birth in four digits.
