### Something fresh before value leaves a card.

refused-stale = That code is too old, or was used before. Please scan the code that the customer’s open card shows now.
refused-unshown = To hand out this reward, please scan the code that the customer’s open card shows now.
fresh-needed = To hand out a reward, please scan the code on the customer’s open card.
card-code-live = This code is new every half minute.

# A till asks on the open card; its owner answers.

# $what (String)
confirm-title = { $what }?
# $cost (String)
confirm-cost = This takes { $cost } off your card. The shop hands it out when you say yes.
confirm-paid = It is paid for. The shop hands it out when you say yes.
confirm-yes = Yes, hand it out
confirm-no = No
confirm-said-yes = You said yes. The shop can hand it out now.
confirm-said-no = You said no. Nothing is handed out.
confirm-said-late = That was too late: the shop does not wait any more.
confirm-ask = Ask on the customer’s card
confirm-wait-title = The customer is asked
# $what (String)
# $who (String)
confirm-wait = { $what } for { $who }: the open card asks whether it is to be handed out.
confirm-look = Look again
confirm-yes-title = The customer said yes
# $what (String)
confirm-yes-next = It can be handed out now: { $what }.
# $what (String)
confirm-give = Hand out { $what }
confirm-no-title = The customer said no
confirm-no-next = Nothing is handed out, and nothing was taken off the card.
confirm-over-title = Nobody answered
confirm-over-next = The card must be open on the customer’s phone.
confirm-again = Ask again
