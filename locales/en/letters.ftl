# Letters, and what asks to prove an address.

join-contact = E-mail or phone
join-contact-hint = So that you find your card again. We write to a mail address once, so that you can confirm it.
waiting-title = Confirm your address
# $address (String) - a contact, partly hidden
waiting-lead = We wrote to { $address }. Please open the link in the e-mail; the card works already.
# $address (String) - a contact, partly hidden
waiting-again = Another e-mail to { $address } is on its way. We send at most three a day.
waiting-submit = Send again
prove-title = Is this your address?
# $address (String) - a contact, partly hidden
prove-lead = Confirm that { $address } is yours. The card is then yours.
prove-elsewhere = You did not open this card in this browser. It gets a new link, a new code and a new number here; the old ones end.
prove-submit = Confirm my address
prove-known-title = You have a card already
# $address (String) - a contact, partly hidden
prove-known-lead = There is a card of this program for { $address }. The new one goes into it, and nothing is lost.
prove-known-submit = Use my card
prove-not-me = If you did not ask for a card, close this page. Nothing happens then.
prove-done = Thank you, your address is confirmed.
link-expired = This link has expired.
link-expired-next = Open your card and have a new e-mail sent.
link-used = This link was used already.
link-used-next = Your address is confirmed; open your card as usual.
letter-greeting = Hello,
# $merchant (String) - name of the shop
letter-confirm-subject = Confirm your address for { $merchant }
# $merchant (String) - name of the shop
letter-confirm-body = A card was opened at { $merchant } with this address. Please confirm that it is yours:
letter-confirm-button = Confirm my address
letter-confirm-ends = The link works once, for seven days. If you did not ask for a card, you need not do anything.
letter-code = Code:
# $merchant (String) - name of the shop
letter-sign-in-subject = Your cards at { $merchant }
# $merchant (String) - name of the shop
letter-sign-in-body = To see your cards at { $merchant }, open this link or type the code:
letter-sign-in-button = Sign in
letter-sign-in-ends = Both work once, for ten minutes. Give the code to nobody. If you did not ask for it, you need not do anything.
# $merchant (String) - name of the shop
letter-invite-subject = You are invited to { $merchant }
# $merchant (String) - name of the shop
letter-invite-body = You are invited to sign in to { $merchant }. Set up your account with this link:
letter-invite-button = Set up my account
letter-invite-ends = The link works once, for a day. If you do not know what this is about, you need not do anything.
# $merchant (String) - name of the shop
letter-factor-reset-subject = Your second factor at { $merchant } was reset
# $merchant (String) - name of the shop
letter-factor-reset-body = Somebody who manages { $merchant } reset your second factor: app, recovery codes and passkeys no longer count, and you were signed out everywhere. Your password still works. Please set a new second factor up:
# $merchant (String) - name of the shop
letter-factor-reset-ends = If you did not ask for this, tell whoever manages { $merchant } now.
# $merchant (String) - name of the shop
letter-unknown-body = Somebody asked to see cards at { $merchant } with this address, but there is no card for it.
letter-unknown-ends = If it was you, try another address, or ask in the shop. Otherwise you need not do anything.
# $merchant (String) - name of the shop
letter-why = { $merchant } sends this e-mail because somebody gave this address there.
mailbox-title = Letters
mailbox-lead = Only in development: what would be sent by mail.
mailbox-empty = No e-mail was written yet.
mailbox-to = To
mailbox-open = Open the link
my-title = Your cards
my-lead = We send you an e-mail with a link and a code. You need no password.
my-address = Mail address
my-submit = Send me a code
my-code-title = Type the code
my-code-lead = We wrote to the address you gave. Type the six digits of the e-mail, or open its link. Both work for ten minutes.
my-code = Code
my-code-submit = Sign in
my-code-wrong = This code is not right.
my-code-dead = The code was wrong three times and is no longer good.
my-over = This link or code is no longer good.
my-again = Ask for a new code
my-again-next = Please ask for a new code.
my-link-lead = Press the button, and your cards are here.
my-none = There is no card here.
# $program (String) - name of the program
my-open = Open { $program }
my-out = Sign out
