# What the API says when it says no: one sentence a code.

error-malformed-body = The body is not JSON that can be read.
# $name (String)
error-invalid-header = The header { $name } must come only once.
error-idempotency-key-invalid = An idempotency key has 1 to 128 visible ASCII characters, without blanks; on public forms at least 16.
error-unauthenticated = This needs a valid API key or terminal token.
error-invalid-credentials = Address or password is wrong.
error-mfa-required = The second factor is still missing.
error-mfa-invalid = This code is wrong, or was used before.
error-forbidden = This credential does not allow that.
error-scope-exceeds-role = A key cannot do more than whoever makes it.
error-store-not-allowed = That cannot be done in this store.
# $store (String)
error-store-not-allowed-home = Cards of this program are served in the store that opened them: { $store }.
error-merchant-suspended = The account of this merchant is suspended.
error-self-service-blocked = Staff cannot serve their own card.
error-four-eyes = Whoever asked for this cannot decide it: it takes a second person.
error-self-enrollment-disabled = Cards of this program are opened by the staff of the store.
error-old-pin-required = Please type the PIN you have now, too.
# $limit_minor (String)
error-manager-pin-required = A manager must do this: the limit is { $limit_minor }.
error-void-window-passed = It is too late to take this back. An adjustment can correct it.
# $limit (String)
error-approval-required = Somebody must approve more than { $limit }.
error-not-found = There is nothing here.
error-card-not-found = No card was found.
error-order-not-found = There is no such order.
error-method-not-allowed = This address does not take this method.
error-not-acceptable = Answers are JSON; the Accept header asks for something else.
error-idempotency-in-progress = The same request is being carried out. Please try again in a moment.
error-credential-revoked = This card was replaced. Please use the new one.
error-card-number-taken = This card number is taken.
error-already-enrolled = This person already has a card of this program.
error-card-blocked = This card is blocked.
error-card-closed = This card is closed.
error-card-merged = This card was merged into another one. Please use that one.
error-credential-stale = The code is too old, or was used before. Please scan the one that the customer’s open card shows now.
error-confirmation-required = A reward is handed out only with the code that the customer’s open card shows now.
error-invalid-state = The state of the card does not allow that.
error-program-mismatch = Cards of two programs cannot become one.
error-enrollment-closed = This program takes no new cards at the moment.
error-already-decided = Somebody decided this already.
error-approval-expired = Nobody decided in time; it must be asked for again.
error-wrong-program-kind = This program does not collect that.
error-program-inactive = This program is not running at the moment.
error-redeem-closed = Rewards of this program can no longer be taken.
error-order-ref-conflict = This order is already booked with another card, amount or reward, or something of it has come back.
# $remaining_minor (String)
error-return-exceeds-order = More would come back than was bought: { $remaining_minor } remain.
error-return-ref-conflict = This return reference was used for another amount.
# $retry_at (String)
error-cooldown-active = This card was served just now. It works again from { $retry_at }.
# $remaining (String)
error-daily-cap-reached = This card has reached its limit for now; what still fits: { $remaining }.
error-card-full = This card is full. Its reward is waiting.
# $cap (String)
error-anonymous-cap-reached = A card without a name holds at most { $cap }.
error-reward-not-available = This reward is not available now.
error-reward-inactive = This reward is not offered.
error-reward-outside-window = This reward cannot be had at this time.
error-reward-wrong-store = This reward is given in another store.
error-reward-out-of-stock = This reward has run out.
error-reward-limit-reached = This card has had its share of this reward.
# $needed_minor (String)
error-order-below-reward-minimum = The purchase is too small for this reward: it takes { $needed_minor }.
# $debt (String) - such as "3 points"
error-balance-in-debt = This card owes { $debt } first.
# $needed (String)
# $available (String)
error-insufficient-balance = Not enough on the card: it takes { $needed }, there are { $available }.
# $at (String)
error-already-redeemed = This was redeemed before ({ $at }).
error-not-voidable = This cannot be taken back.
error-already-voided = This was taken back before.
# $missing (String)
error-value-already-spent = This was spent already; still missing: { $missing }.
error-balance-not-empty = Something is left on this card. Please confirm that it is given up.
# $max (String)
error-body-too-large = The body is too large: at most { $max } bytes.
error-unsupported-media-type = Please send JSON with the content type application/json.
error-unknown-field = This field is not known here.
# $expected (String)
error-invalid-type = This has the wrong type; expected: { $expected }.
kind-text = a text
kind-whole-number = a whole number
kind-yes-or-no = true or false
kind-list = a list
kind-object = an object
error-required = This is required.
# $max (String)
error-too-long = This is too long: at most { $max } characters.
# $max (String)
error-too-long-list = These are too many: at most { $max } entries.
error-invalid-characters = This contains characters that are not allowed.
error-same-card = A card cannot be merged into itself.
error-blank = This must not be blank.
# $allowed (String)
error-invalid-choice = This is not one of: { $allowed }.
# $fields (String)
error-conflicting-fields = Only one of these may be given: { $fields }.
error-invalid-locale = This is not a language we speak: en, fr, de or lb.
error-invalid-currency = This is not a currency code.
error-invalid-date = This is not an instant such as 2026-03-02T10:15:00Z.
error-invalid-pagination = A page has 1 to 100 entries, and a cursor comes from the page before.
error-idempotency-key-reused = This idempotency key was used for another request.
# $min (String)
error-query-too-short = Please type at least { $min } characters.
error-card-number-invalid = This is not a card number: a character is wrong.
error-invalid-email = This is not an e-mail address.
error-invalid-phone = This is not a phone number.
error-age-restricted = This program is for people of a certain age.
error-terms-not-accepted = The terms of the program must be accepted.
error-terms-outdated = The terms of the program have changed. Please read them again.
error-occurred-at-out-of-range = This lies in the future, too far back, or before the card’s last event.
# $min (String)
# $max (String)
error-out-of-range = This must lie between { $min } and { $max }.
error-amount-invalid = This is not an amount that can be paid.
# $expected (String)
error-currency-mismatch = This program uses { $expected }.
# $sum (String)
error-lines-mismatch = The lines do not sum to the amount: they make { $sum }.
# $needed_minor (String)
error-below-minimum = The amount is too small: it takes { $needed_minor }.
# $needed (String)
error-redeem-below-minimum = Redeeming takes at least this many points: { $needed }.
# $step (String)
error-redeem-step = Points are redeemed in steps of { $step }.
# $most (String)
error-redeem-exceeds-share = The most points that can pay for this order: { $most }.
error-zero-amount = The correction must not be zero.
# $allowed (String)
error-unknown-reason = This reason is not in the list: { $allowed }.
error-idempotency-key-required = Please send an Idempotency-Key with this request.
# $retry_at (String) - when it works again
error-too-many-attempts = There were too many tries. It works again from { $retry_at }.
error-terminal-revoked = This device is no longer a till: its connection was taken back.
error-pairing-code-invalid = This code does not connect a till, or its time is over.
error-pairing-code-used = This code has connected a device already.
# $retry_after (String)
error-rate-limited = This was tried too often. It works again in { $retry_after } s.
error-internal = Something broke on our side. It was written down under the request id.
error-busy = There is a lot to do right now. Please try again in a moment.
error-storage-unwritable = Nothing can be stored at the moment; reading still works.
error-pin-required = Who serves must show their PIN.
error-pin-invalid = Name and PIN do not belong together here.
# $left (Number) - how many tries are left
# $shown (String) - the same number as it is shown
error-pin-invalid-remaining =
    { $left ->
        [one] Name and PIN do not belong together here. { $shown } try is left.
       *[other] Name and PIN do not belong together here. { $shown } tries are left.
    }
# $min (String)
# $max (String)
error-pin-format = A PIN has { $min } to { $max } digits.
error-pin-weak = This PIN is too easy to guess.
error-pin-reused = This PIN was in use not long ago.
# $retry_at (String) - when it works again
error-pin-locked = Too many wrong tries. It works again from { $retry_at }.
error-staff-inactive = This person does not serve here any more.
error-name-taken = Somebody who serves has this name.
error-last-manager = The last manager cannot go: make somebody else one first.
error-last-owner = The last owner cannot go: make somebody else one first.
