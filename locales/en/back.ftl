# The back office: who serves, the tills, who managed what.

back-staff = Staff
back-staff-lead = Whoever serves shows their name and PIN at the till. Nobody sees a PIN again, not even you.
back-staff-none = Nobody serves here yet.
back-staff-add = Somebody new
back-staff-submit = Add
back-name = Name at the till
back-role = May do
back-serves = Name, role and stores
# $least (Number)
back-role-pin = A shift manager’s PIN has at least { $least } digits: set such a PIN first.
back-stores-hint = none ticked: everywhere
back-everywhere = in all stores
back-left = no longer here
back-is-locked = PIN locked
back-no-pin = no PIN yet
back-must-change = must choose another PIN
back-manage = Manage
back-pin-new = New PIN
back-pin-again = The same PIN again
back-pin-differ = This is not the PIN typed above.
# $least (Number)
# $managers (Number)
back-pin-hint = At least { $least } digits, for a shift manager { $managers }. It can also be set later.
# $least (Number)
back-pin-least = At least { $least } digits, and none of the last three PINs.
back-pin-set = Set a PIN
back-pin-reset = Set another PIN
back-pin-submit = Save PIN
back-pin-change = They must choose their own at the next chance
back-pin-effect = The old PIN stops working at once, on every till.
# $when (String)
back-pin-used = PIN used { $when }
# $when (String)
back-locked = There were too many wrong tries. The PIN works again from { $when }.
back-unlock = Unlock now
back-own-card = Number of their own card, if they have one
back-own-card-hint = They cannot serve this card themselves, or it is noted, as the program says.
back-end = End employment
# $name (String)
back-end-effect = { $name } can no longer serve: PIN and turn end at once, on every till. What they did stays in the history.
# $name (String)
back-end-sure = Yes, { $name } no longer serves
back-terminals = Tills
back-terminals-lead = Each till is a device of its own with a key of its own. One that is lost is taken back here, at once.
# $when (String)
back-terminal-locked = Too many wrong PINs were tried at this till. PINs work here again from { $when }.
back-terminals-none = There is no till yet.
back-terminal-add = A new till
back-terminal-name = What it is called
back-terminal-submit = Show a code
back-store = In which store
# $name (String)
back-code = Code for { $name }
# $until (String)
back-code-how = Open /till/pairings on the device and type this code, until { $until }. It is shown only now.
# $when (String)
back-seen = seen { $when }
back-never-seen = never seen
back-waiting = waits for its device
back-revoked = taken back
back-revoke = Take back
# $name (String)
back-revoke-sure = Yes, take { $name } back
back-log = Log
back-log-lead = Who managed what, from where, and what changed. Nothing here can be altered or taken out.
log-action = What
log-all = everything
log-day = Day
log-by = By whom
log-anybody = anybody
log-none = Nothing of that kind was noted.
log-when = When
log-who = Who
log-what = What
log-where = From where
log-older = Older
log-csv = Download as CSV
log-json = Download as JSON lines
log-console = at the machine’s console
log-system = the installation itself
log-stranger = somebody unknown

# What the log notes, as headlines.

log-terminal-signed-in = Till opened
log-terminal-signed-out = Till closed
log-terminal-sign-in-refused = Till turned away
log-customer-signed-in = Customer signed in
log-customer-sign-in-refused = Customer’s code refused
log-customer-signed-out = Customer signed out
log-user-invited = Somebody invited
log-user-invitation-withdrawn = Invitation withdrawn
log-user-made = Invitation followed
log-user-changed = Role or stores changed
log-user-returned = Let in again
log-user-disabled = Sign-in ended for somebody
log-user-signed-in = Signed in
log-user-sign-in-refused = Sign-in refused
log-user-signed-out = Signed out
log-user-proven = Proved again who they are
log-user-password-changed = Password changed
log-user-second-factor-set = Second factor set up
log-user-second-factor-removed = Second factor removed
log-user-recovery-codes-renewed = Recovery codes renewed
log-user-passkey-added = Passkey added
log-user-passkey-removed = Passkey removed
log-user-sessions-ended = Sessions ended
log-staff-added = Somebody began to serve
log-staff-changed = Somebody serves otherwise
log-staff-left = Somebody no longer serves
log-pin-set = PIN set for somebody
log-pin-changed = Own PIN changed
log-pin-locked = PIN locked after wrong tries
log-pin-unlocked = PIN unlocked
log-pin-rules-set = Rules of PINs set
log-policy-floor-set = What tills ask for at least set
log-terminal-made = Till made
log-terminal-paired = Till paired with its device
log-terminal-pairing-refused = Code of a till refused
log-terminal-revoked = Till taken back
log-key-made = API key made
log-key-revoked = API key taken back

# How staff prove who they are.

back-rules = Rules of PINs
back-rules-lead = How staff prove who they are at the till.
back-rules-length = Fewest digits of a PIN
back-rules-tries = Wrong tries that lock it
back-rules-minutes = Minutes of the first lock; each further one is twice as long
back-rules-submit = Save rules
# $what (String)
back-rules-floor = Whoever runs the installation wants a PIN for: { $what }.

# Keys of programs.

back-keys = API keys
back-keys-lead = For a point of sale or a web shop. A key may do what is ticked, and nothing else; its text is shown once.
back-keys-none = There is no key yet.
back-key-made = The new key
back-key-once = Copy it now: only its fingerprint is kept.
back-key-add = A new key
back-key-proof = Making and taking back keys needs a fresh proof of who you are.
back-key-prove = Prove who I am
back-key-networks = Only from these addresses
back-key-networks-hint = Addresses or ranges, separated by commas, such as 192.0.2.7, 10.0.0.0/8
back-key-expires = Good until the end of
back-key-submit = Make key
back-key-anywhere = from anywhere
# $when (String)
back-key-used = used { $when }
back-key-unused = never used
# $day (String)
back-key-until = until { $day }
back-key-past = This day lies in the past.
back-key-no-network = At least one of these is no network address.

# Corrections over a limit.

back-approvals = Approvals
back-approvals-lead = Corrections over a limit, asked for at a till or here. Whoever asked cannot approve; after a day it must be asked for again.
back-approvals-none = Nothing waits.
back-approve = Approve
back-deny = Deny
back-approved = approved
back-denied = denied
back-expired = nobody decided in time
back-approval-own = You asked for this: somebody else decides.
# $when (String)
back-approval-until = waits until { $when }
back-reason-correction = A mistake put right
back-reason-lost = A lost card
back-reason-import = Carried over from elsewhere
log-approval-asked = Approval of a correction asked for
log-approval-approved = Correction approved
log-approval-not-booked = An approved correction could not be booked
log-approval-denied = Correction denied

# Who signs in.

back-users = People
back-users-lead = Who signs in to this back office, as what and where. Whoever comes gets a link that is good once and for a day.
operator-users-lead = Who runs this installation. Whoever comes gets a link that is good once and for a day.
# $merchant (String)
users-of = Owners of { $merchant }
users-of-lead = The first owner of a merchant is invited here, and invites everybody else.
users-of-go = Owners
users-no-factor = no second factor
users-invite = Invite somebody
users-address = E-mail address
users-invite-submit = Send an invitation
# $address (String)
users-made = The invitation for { $address }
# $until (String)
users-made-how = An e-mail is on its way, if a mail server is set up. You can also hand this link over yourself: it works once, until { $until }, and is shown only now.
# $until (String)
users-waiting = invited, until { $until }
users-over = link has expired
users-renew = Invite again
users-withdraw = Withdraw
# $address (String)
users-withdraw-sure = Yes, withdraw the invitation of { $address }
users-you = you
# $when (String)
users-seen = last here { $when }
users-never = not signed in
users-role = What they may do
users-owners = Owners always look after all stores.
users-save = Save
users-reset = Lost device
# $name (String)
users-reset-effect = Second factor, recovery codes and passkeys of { $name } are removed, and { $name } is signed out everywhere. The password stays.
users-reset-submit = Reset
# $name (String)
users-reset-sure = Yes, reset what { $name } has set up
users-end = End access
# $name (String)
users-end-effect = { $name } is signed out everywhere and can no longer sign in. What was done stays in the log.
# $name (String)
users-end-sure = Yes, { $name } signs in no more
# $name (String)
users-ended = { $name } can no longer sign in.
users-return = Let them in again
users-prove = Before you change anything here, please prove who you are.
users-unreadable = This is not an e-mail address.

# Cards, and putting a balance right.

back-cards = Cards
back-cards-lead = Find a card, see what it holds, and put it right.
back-cards-find = Card number, e-mail or phone
back-cards-submit = Find
back-cards-unknown = No card of yours has this number, and nobody this e-mail or phone number.
back-card = A card
back-card-last = What happened last
correct-title = Put the balance right
correct-lead = It is kept with your name, the time and the reason. What is over the limit, or on a card of your own, somebody else must approve.
correct-what = What to do
correct-give = Give
correct-take = Take away
correct-amount = How many
correct-unit = Of what
correct-stamps = Stamps
correct-points = Points
correct-note = Note
correct-submit = Correct
correct-whole = Please type a whole number.
correct-waits = Not booked yet: somebody else must approve it within a day.

# What tills of a merchant ask for at least, set by who runs the installation.

# $name (String)
floor-title = PINs at { $name }
floor-lead = What the tills of this merchant ask for at least, whatever its programs say. A program may ask for more.
floor-go = PINs
floor-earn = Stamps and points
floor-redeem = Rewards
floor-void = Taking back
floor-adjust = Corrections
floor-enroll = New cards
policy-disabled = as the program says
policy-optional = a PIN that is shown must be right
policy-required = always a PIN
floor-submit = Save

# What changed, by the names of fields.

noted-name = name
noted-role = role
noted-own-card = own card
noted-stores = stores
noted-has-pin = has a PIN
noted-status = state
noted-session = session
noted-device = device
noted-too-often = tried too often
noted-why = why
noted-card = card
noted-unit = unit
noted-amount = amount
noted-reason = reason
noted-length = fewest digits
noted-threshold = tries until locked
noted-minutes = minutes of the first lock
noted-addresses = networks
noted-scopes = scopes
noted-until = until
noted-active = may sign in
noted-with = with
noted-yes = yes
noted-no = no
