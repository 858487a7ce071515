# What customers read: friendly, short, never more than they need.

# $program (String) - name of the program
join-title = Your { $program }
join-lead = Free, without an app, ready in a few seconds.
# $cost (String) - such as "10 stamps"
# $reward (String) - name of the reward
join-promise = { $cost }: { $reward }
# $amount (String) - such as "2 stamps"
welcome-promise = Welcome: { $amount } on your first visit
join-first-name = First name
join-first-name-hint = So that we can greet you. You need not give it.
join-language = Language of your card
join-read-terms = Read the terms
# $version (Number) - version of the terms
join-terms-version = Version { $version }
join-accept-terms = I accept the terms of this program.
join-submit = Get my card
join-privacy = We ask for nothing else. No advertising, no tracking.
join-terms-missing = Please accept the terms.
join-terms-outdated = The terms have changed. Please read them again.
# $most (Number) - letters
join-first-name-long = Please use at most { $most } letters.
join-by-staff = Cards of this program are opened by our staff.
join-by-staff-next = Please ask at the till; it takes a moment.
join-closed = This program takes no new cards at the moment.
join-closed-next = Please ask at the till when it opens again.
join-ended = This program has ended.
join-ended-next = It opens no more cards. Who has one can ask at the till about rewards that are left.

# $name (String) - first name
card-greeting = Hello, { $name }
card-title = Your card
card-code-title = Code for the till
card-show-at-till = Show this code at the till
# $number (String) - number of the card, letter by letter
card-number-spelled = Card number: { $number }
card-enlarge = Enlarge the code
card-bars = Bar code for hand-held scanners
card-keep-link = This address is your card. Keep it, for example as a bookmark or on your home screen.
card-link-renewed = This link no longer shows the card.
card-link-merged = This card went into another one.
card-link-next = The card has another link now. Have an e-mail sent to you, or ask in the shop.
card-link-ask = Get my card by e-mail
card-blocked = This card is blocked. Please speak to us at the till.
card-closed = This card is closed.
card-merged = Two of your cards became one. This is the one that goes on; your old code leads here.
card-paused = The program is taking a break. Your rewards are safe.
card-ended = The program has ended. Please ask us about rewards that are left.
# $times (Number) - how many times the reward can be taken
reward-ready =
    { $times ->
        [one] ready
       *[other] ready { $times } times
    }
reward-how = Show your code at the till and ask for it.
coming = On their way
# $date (String) - a day
coming-from = from { $date }
expiries = Use in time
# $date (String) - a day
expires-on = until { $date }
history-all = Everything
lately-empty = Your first stamp or points will appear here.

history-title = History
history-back = Back to the card
filter-label = Show
filter-all = Everything
filter-earned = Received
filter-redeemed = Rewards
filter-other = Other
history-empty-filter = There is nothing of this kind yet.
history-pages = Pages
history-newest = Newest
history-older = Older
