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
till-leave = Go on without an answer

pair-title = Connect this till
pair-lead = This device becomes the till of one store. You do this once.
pair-token = Code of the terminal
pair-hint = A code begins with trei_trm_. Whoever runs this installation has one for each till; an address that ends with # and the code connects the device by itself.
pair-demo = In the demonstration each till opens without a code:
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

# $time (String) - time of day, with its day when that is not today
warn-wait = The next stamp is possible from { $time }.
# $time (String) - time of day, with its day when that is not today
warn-wait-points = The next points are possible from { $time }.
warn-limit = The limit of stamps for this card is reached. More on another day.
warn-limit-points = The limit of points for this card is reached. More on another day.
warn-blocked = This card is blocked. Whoever runs the program can unblock it.
warn-blocked-lost = This card was reported lost and is blocked. Whoever runs the program can unblock it.
warn-blocked-fraud = This card is blocked on suspicion of misuse. Please serve the customer without it.
warn-blocked-dispute = This card is blocked until a dispute is settled. Please serve the customer without it.
warn-closed = This card is closed.
warn-merged = This belongs to a card that became one with this one. Here is the card that goes on.
warn-paused = The program is paused. Rewards can still be redeemed.
warn-paused-all = The program is paused, and rewards cannot be redeemed now.
warn-ended = The program has ended. Rewards can still be redeemed.
# $date (String) - a day
warn-ended-until = The program has ended. Last day for rewards: { $date }.
warn-ended-all = The program has ended, and its rewards can no longer be redeemed.
# $points (String) - points owed, such as "40 points"
warn-debt = Owed from a return: { $points }. The next points pay it first.

quantity = How many
quantity-less = One less
quantity-more = One more
give-stamp = Stamp
give-points = Give points
give-both = Give stamp and points
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
# $balance (String) - such as "900 points"
redeem-balance = Balance: { $balance }
# $worth (String) - points and what they are worth, such as "600 points = €30.00"
redeem-least = At least: { $worth }
# $worth (String) - points and what they are worth, such as "600 points = €30.00"
redeem-most = At most for this amount: { $worth }
redeem-use-most = Use the most
redeem-points-hint = Leave this empty to see the most.
# $worth (String) - points and what they are worth, such as "600 points = €30.00"
redeem-suggested = Possible here: { $worth }. Please confirm, or type fewer points.
# $money (String) - an amount of money
redeem-rest = Left to pay: { $money }
# $money (String) - what is left to pay with money
result-rest = Left to pay: { $money }. Only this amount earns points.
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
# $reward (String) - name of the reward
# $who (String) - the customer
# $back (String) - such as "10 stamps"
result-reward-back = { $reward } for { $who } is taken back. Back on the card: { $back }.
# $reward (String) - name of the reward
# $who (String) - the customer
result-claim-back = { $reward } for { $who } is taken back. It waits to be handed over.
result-claim = Code to compare
result-this-card = this card
result-back-to-card = Back to the card

shortcuts-title = Keyboard
shortcut-search = go to the scan field
shortcut-amount = type the amount
shortcut-confirm = confirm
shortcut-undo = go to undo; Enter confirms
shortcut-start = next customer
shortcut-list = this list
shortcut-single = Single keys (/, 0–9, Z, ?) work as shortcuts on this device

pair-refused = This code does not open a till. Please copy it again, whole, or ask whoever runs this installation.
pair-ended = This till is signed out, so nothing was counted. Please connect it again.
till-suspended = The account of this merchant is suspended.
till-suspended-next = Cards keep what is on them. Please ask your manager.

found-unknown = We do not know this number. Please scan again, or type what stands under the code: twelve letters and digits.
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
refused-unwritable = Nothing can be stored at the moment, so nothing was counted. Please note card and purchase on paper, and tell whoever runs this installation.
refused-kind = This card does not collect that. Please open the card again.
refused-redeem-closed = Rewards of this program can no longer be taken.
# $store (String) - name of the store
refused-store = This card is served at { $store }.
refused-own = Nobody serves their own card. Please ask a colleague.
refused-forbidden = Only the last thing on a card can be taken back here, at the till that did it. Whoever runs the program can correct the rest.
refused-order = This receipt was recorded with another card or another amount. Please check its number.
# $limit (String) - an amount of money
refused-manager = At a till, purchases up to { $limit } count without a manager. Is none here? Please note card and receipt: whoever runs the program can add this one.
# $time (String) - time of day, with its day when that is not today
# $minutes (Number) - minutes to wait
refused-cooldown = Please wait { $minutes } min: it works again from { $time }.
# $time (String) - time of day, with its day when that is not today
refused-cooldown-long = This card was served a short time ago. It works again from { $time }.
refused-day = The limit for this card is reached. More on another day.
# $remaining (String) - how many are still allowed
refused-day-rest = Only { $remaining } more for this card now. Please give fewer.
refused-full = This card is full. Please redeem its reward first.
# $cap (String) - the most such a card holds
refused-anonymous = A card without a contact holds at most { $cap }. Please invite the customer to join with a contact.
# $missing (String) - how many are missing
refused-short = Still missing for this reward: { $missing }.
# $when (String) - such as "today 10:31"
refused-used = Already handed over { $when }.
refused-not-voidable = This cannot be taken back. Whoever runs the program can correct it.
refused-voided = This was taken back before. Nothing more is to be done.
refused-late = It is too late to take this back here. Whoever runs the program can correct it.
# $missing (String) - how many are missing
refused-spent = Already spent. Still missing: { $missing }. Whoever runs the program can correct it.
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
field-points-none = This amount is too small to pay with points.
# $needed (String) - the fewest points, such as "100 points"
field-points-minimum = Please redeem at least { $needed }.
# $step (String) - the step
field-points-step = Points are redeemed in steps of { $step }.
# $most (String) - the most points, such as "100 points"
field-points-share = This purchase takes at most { $most }.
# $who (String) - the customer
result-for = for { $who }
