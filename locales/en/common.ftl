# Words that every surface uses.
# A type in brackets after a variable, (String) or (Number), is read by the build; it stands in English only.

skip-to-content = Skip to content
language = Language
theme = Appearance
theme-system = As on this device
theme-light = Light
theme-dark = Dark
close = Close
cancel = Cancel
optional = optional
try-again = Try again
form-errors = Please check this:

# $label (String) - what it is, such as "Language"
# $value (String) - which one, such as "English"
labelled = { $label }: { $value }

day-today = today
day-tomorrow = tomorrow
day-yesterday = yesterday

# $count (Number) - how many
# $shown (String) - the same number as it is shown, perhaps with a sign
stamps =
    { $count ->
        [one] { $shown } stamp
       *[other] { $shown } stamps
    }
# $count (Number) - how many
# $shown (String) - the same number as it is shown, perhaps with a sign
points =
    { $count ->
        [one] { $shown } point
       *[other] { $shown } points
    }
# $count (Number) - how many; the number itself stands large before the word
points-word =
    { $count ->
        [one] point
       *[other] points
    }

# $have (Number) - stamps on the card
# $target (Number) - stamps for a reward
# $missing (Number) - stamps to go
card-stamps = { $have } of { $target } stamps, { $missing } to go
# $have (Number) - stamps on the card
# $target (Number) - stamps for a reward
card-stamps-full = { $have } of { $target } stamps, a reward is ready
# $stamps (String) - such as "12 stamps"
card-stamps-over = { $stamps }, a reward is ready
# $have (Number) - stamps on the card
# $target (Number) - stamps for a reward
card-count = { $have } of { $target }
# $missing (Number) - stamps to go
card-to-go = { $missing } to go
card-reward-ready = reward ready
# $missing (String) - points to go
# $reward (String) - name of the reward
card-points-next = { $missing } more: { $reward }

rewards = Rewards
# $amount (String) - such as "3 stamps"
reward-missing = { $amount } to go
reward-away = not available now
lately = Lately
why = why?
# $balance (String) - such as "7 stamps"
balance-after = Balance afterwards: { $balance }

event-enrolled = Welcome
event-stamped = Stamp
event-earned = Purchase
event-redeemed = Reward
event-voided = Taken back
# $what (String) - the event that was taken back
event-voided-what = Taken back: { $what }
event-returned = Return
event-adjusted = Correction
event-expired = Expired
event-blocked = Card blocked
event-unblocked = Card unblocked
event-replaced = Card replaced
event-closed = Card closed
event-confirmed = Address confirmed
event-merged = Cards became one
event-taken-back = taken back

problem-not-found = There is nothing at this address.
problem-not-found-next = Perhaps a letter is missing. Please open the link again from where you found it.
problem-broken = Something broke on our side.
problem-broken-next = Nothing you did was lost. Please try again in a moment.
problem-later-next = Please wait a moment, then try again.
problem-other-next = Please go back and try another way.
problem-forbidden = This is not allowed here.
problem-not-understood = This request could not be understood.
problem-too-large = That was too much at once.
problem-busy = There is too much going on right now.
problem-request = If you report this, please name
problem-home = To the start page
