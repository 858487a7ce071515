# What staff read at the till: short, active, said from a metre away.

till-title = Till
till-online = online
till-offline = no connection
till-menu = Menu
till-end = Sign this till out
till-away = No connection. Nothing is lost: your screen stays as it is, and you can go on as soon as the connection is back.
till-waiting = One moment …
till-slow = This takes longer than usual. Trying again is safe: nothing counts twice.
till-failed = The till could not reach the server. Trying again is safe: nothing counts twice.

pair-title = Connect this till
pair-lead = This device becomes the till of one store. You do this once.
pair-token = Code of the terminal
pair-hint = You find it in the back office under Terminals. In the demonstration it is filled in for you.
pair-submit = Connect

scan-label = Scan a card, or type its number
scan-placeholder = Scan, or type a number
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
today-hours = Visits by the hour
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
warn-blocked = This card is blocked. Please ask the customer to contact you, or call a manager.
warn-closed = This card is closed.
warn-paused = The program is paused. Rewards can still be redeemed.
# $points (String) - points owed
warn-debt = { $points } points are owed from a return; the next points pay them first.

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
redeem-ask = Give { $reward }?
# $cost (String) - such as "10 stamps"
# $who (String) - the customer
redeem-cost = This takes { $cost } from { $who }
redeem-points = How many points
redeem-confirm = Yes, redeem

undo = Undo
# $what (String) - such as "+1 stamp"
# $time (String) - time of day
undo-what = Undo { $what } of { $time }
next-customer = Next customer

# $reward (String) - name of the reward
result-give = Give: { $reward }
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
result-taken-back-what = { $what } for { $who } no longer counts.
result-claim = Claim
result-this-card = this card
result-back-to-card = Back to the card

shortcuts-title = Keyboard
shortcut-search = go to the scan field
shortcut-amount = type the amount
shortcut-confirm = confirm
shortcut-undo = undo the last step
shortcut-start = next customer
shortcut-list = this list
