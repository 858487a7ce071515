# What staff read at the till: short, active, said from a metre away.

till-title = Till
till-online = online
till-offline = no connection
till-menu = Menu
till-end = Sign this till out
till-away = No connection. Nothing is lost: your screen stays as it is, and you can go on as soon as the connection is back.
till-waiting = One moment…
till-slow = This takes longer than usual. Trying again is safe: nothing counts twice.
till-failed = The till could not reach the server. Trying again is safe: nothing counts twice.
till-leave = Leave it

pair-title = Connect this till
pair-lead = This device becomes the till of one store. You do this once.
pair-token = Code of the terminal
pair-hint = Whoever runs this installation can give it to you. In the demonstration the start page opens each till without it.
pair-submit = Connect

scan-label = Scan a card, or type its number
scan-placeholder = Scan or type
scan-find = Find

# $store (String) - name of the store
today-title = Today at { $store }
# $count (Number) - how many; the number stands above the word
today-stamps =
    { $count ->
        [one] stamp
       *[other] stamps
    }
# $count (Number) - how many; the number stands above the word
today-points =
    { $count ->
        [one] point
       *[other] points
    }
# $count (Number) - how many; the number stands above the word
today-rewards =
    { $count ->
        [one] reward
       *[other] rewards
    }
# $count (Number) - how many; the number stands above the word
today-cards =
    { $count ->
        [one] new card
       *[other] new cards
    }
last-five = Last five
last-empty = What you do at this till appears here.
last-hint = Open a card to take something back.

# $number (String) - number of the card
till-card-number = Card { $number }
# $date (String) - a day
till-member-since = Member since { $date }
# $when (String) - such as "Thursday 07:58"
till-last-visit = Last visit { $when }
till-no-events = Nothing yet: this is their first visit.

# $time (String) - time of day
warn-wait = The next stamp is possible from { $time }.
warn-day-full = All stamps of today are given. More tomorrow.
warn-blocked = This card is blocked. Please call a manager.
warn-closed = This card is closed.
warn-paused = The program is paused. Rewards can still be redeemed.
# $points (String) - points owed, such as "40 points"
warn-debt = Owed from a return: { $points }. The next points pay it first.

quantity = How many
quantity-less = One less
quantity-more = One more
give-stamp = Stamp
give-points = Give points
give-nothing = Nothing can be given on this card now.
amount = Amount of the purchase
amount-hint = Type the amount to see what it gives.
amount-erase = Erase the last digit

redeem = Redeem
# $reward (String) - name of the reward
redeem-ask = Give: { $reward }?
# $cost (String) - such as "10 stamps"
# $who (String) - the customer
redeem-cost = This takes { $cost } from { $who }.
# $cost (String) - such as "100 points"
# $money (String) - an amount of money
redeem-worth = { $cost } = { $money }
redeem-points = How many points
redeem-confirm = Yes, redeem

undo = Undo
# $what (String) - such as "+1 stamp"
# $time (String) - time of day
undo-what = Undo { $what } from { $time }
next-customer = Next customer

# $reward (String) - name of the reward
result-give = Give: { $reward }
# $money (String) - an amount of money
result-take-off = Take off { $money }
result-taken-back = Taken back
result-wait = Not yet
result-no = No
# $what (String) - such as "+1 stamp"
# $who (String) - the customer
result-given = { $what } for { $who }
# $who (String) - the customer
result-redeemed = Redeemed for { $who }
# $what (String) - such as "+1 stamp"
# $who (String) - the customer
result-taken-back-what = No longer counts for { $who }: { $what }
result-claim = Code to compare
result-this-card = this card
result-back-to-card = Back to the card

shortcuts-title = Keyboard
shortcut-search = go to the scan field
shortcut-amount = type the amount
shortcut-confirm = confirm
shortcut-undo = undo the last step
shortcut-start = next customer
shortcut-list = this list

pair-refused = This code does not open a till. Please copy it again, whole, or ask your manager for a new one.
pair-ended = This till is signed out, so nothing was counted. Please connect it again.
till-suspended = The account of this merchant is suspended.
till-suspended-next = Cards keep what is on them. Please ask your manager.

found-unknown = Not one of our cards. Please scan again, or type the number that is printed under the code.
found-replaced = This card was replaced. Please ask for the new one, or search by phone number or e-mail.
found-link = This is the address of a customer’s page. Please scan the code that the page shows.
found-several = Which card?
found-open = Open

claim-give = Hand over
claim-paid = It is paid for already and only has to be handed over.
redeem-payable = Amount to pay
order-ref = Receipt number (optional)

nothing-given = This purchase is too small to give anything.
# $minimum (String) - an amount of money
nothing-given-below = This purchase gives nothing. Purchases from { $minimum } count.
# $when (String) - such as "today 08:12"
note-recorded = Already recorded { $when }: this is the answer of then, and nothing counted twice.
# $amount (String) - such as "40 points"
note-capped = Shortened by a limit; otherwise { $amount }.
# $amount (String) - such as "1 stamp"
note-welcome = Welcome included: { $amount }.
# $reward (String) - name of the reward
note-claim = A reward is ready: { $reward }.

refused-form = This page is out of date. Please open the card again.
refused-progress = The same is being done at this moment. Please try again in a few seconds.
refused-busy = There is a lot to do right now. Nothing was counted; please try again in a few seconds.
refused-unwritable = Nothing can be stored at the moment, so nothing was counted. Please call a manager.
refused-kind = This card does not collect that. Please open the card again.
refused-redeem-closed = Rewards of this program can no longer be taken.
# $store (String) - name of the store
refused-store = This card is served at { $store }.
refused-own = Nobody serves their own card. Please ask a colleague.
refused-forbidden = Only the last thing on a card can be taken back here, at the till that did it. Please call a manager.
refused-order = This receipt was recorded with another card or another amount. Please check the number, or call a manager.
# $limit (String) - an amount of money
refused-manager = Above { $limit } a manager must do this. Please call one.
# $time (String) - time of day
# $minutes (Number) - minutes to wait
refused-cooldown = Please wait { $minutes } min: it works again from { $time }.
refused-day = The limit for this card is reached. More tomorrow, or call a manager.
# $remaining (String) - how many are still allowed
refused-day-rest = Only { $remaining } more for this card now. Please give fewer.
refused-full = This card is full. Please redeem its reward first.
# $cap (String) - the most such a card holds
refused-anonymous = A card without a contact holds at most { $cap }. Please invite the customer to join with a contact.
# $missing (String) - how many are missing
refused-short = Still missing for this reward: { $missing }.
# $when (String) - such as "today 10:31"
refused-used = Already handed over { $when }.
refused-not-voidable = This cannot be taken back. A manager can correct it.
refused-voided = This was taken back before. Nothing more is to be done.
refused-late = It is too late to take this back here. A manager can correct it.
# $missing (String) - how many are missing
refused-spent = Already spent. Still missing: { $missing }. A manager can correct it.
refused-reward-inactive = This reward is no longer offered. Please choose another.
refused-reward-window = This reward is not given at this time. Please choose another, or come back in its hours.
refused-reward-store = This reward is given in another store. Please choose another.
refused-reward-stock = This reward is sold out. Please choose another.
refused-reward-limit = This card has had its share of this reward for now. Please choose another.
# $needed (String) - an amount of money
refused-reward-order = This reward needs a purchase of at least { $needed }.

field-amount = Please type an amount above zero, such as 12.50.
field-precision = This is smaller than the smallest coin. Please type fewer digits after the separator.
field-number = Please type a whole number.
field-reference = A receipt number has at most 100 characters.
# $min (String) - smallest
# $max (String) - largest
field-range = Please choose between { $min } and { $max }.
# $needed (String) - an amount of money
field-minimum = Too little for a stamp: it takes { $needed }.
field-points = Please type how many points to redeem.
# $needed (String) - the fewest points, such as "100 points"
field-points-minimum = Please redeem at least { $needed }.
# $step (String) - the step
field-points-step = Points are redeemed in steps of { $step }.
# $most (String) - the most points, such as "100 points"
field-points-share = This purchase takes at most { $most }.
# $who (String) - the customer
result-for = for { $who }
