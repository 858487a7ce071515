# People who sign in with a password: operators and users of a merchant’s back office.

# Roles, as people of the house call them.
group-operators = The installation
group-users = The merchant’s back office
group-staff = At the till
group-customers = Customers
role-operator-owner = Operator
role-operator-support = Support
role-operator-auditor = Auditor
role-owner = Owner
role-manager = Manager
role-accountant = Accountant
role-viewer = Viewer
role-terminal = Till alone
role-cashier = Cashier
role-staff-manager = Shift manager
role-customer = Customer

# What can be done, one line each of the table of permissions.

action-own-account = Manage one’s own account
action-own-cards = See one’s own cards
action-see-cards = See cards and their history
action-enrol-cards = Open cards
action-manage-cards = Block and replace cards
action-merge-cards = Merge two cards into one
action-close-cards = Close cards for good
action-earn = Give stamps and points
action-redeem = Hand out rewards
action-void = Take back what was booked
action-return = Record returned goods
action-adjust = Correct balances
action-approve = Approve what is over a limit
action-backdate = Say that something happened earlier
action-see-programs = See programs and rewards
action-manage-programs = Change programs and rewards
action-see-figures = See figures and totals
action-manage-staff = Manage staff
action-reset-pins = Set and reset PINs
action-unlock-pins = Unlock PINs
action-manage-terminals = Pair tills and take them back
action-manage-keys = Make API keys and take them back
action-manage-users = Manage the users of the back office
action-manage-settings = Change the merchant’s settings
action-see-audit-log = See who managed what
action-export-audit-log = Export who managed what
action-see-merchants = See the merchants
action-manage-merchants = Open merchants and set their limits
action-suspend-merchants = Suspend merchants
action-set-policy-floor = Set what no merchant may go below
action-manage-operators = Manage the operators

# The page of the table.

permissions-title = Who may do what
permissions-lead = One table decides, on every page and in the API. An API key may do what its scopes open, and nothing else.
permissions-action = What
permissions-scope = API scope
permissions-yes = yes
permissions-no = no

# Signing in.

signin-title = Sign in
signin-lead = For operators and for the people of a merchant’s back office. Staff sign in at the till.
landing-sign-in-what = For operators and back offices
signin-address = E-mail address
signin-password = Password
signin-submit = Sign in
signin-ended = Your session has ended. Please sign in again.
signin-code-title = Second factor
signin-code-lead = Please type the six digits that your app shows. Without the app, a recovery code works once.
signin-code = Code
signin-code-submit = Continue
signout = Sign out
signin-other = Start again

# Proving again who one is.

proof-title = Is it you?
proof-lead = Before this change please type your password, or a code of your app.
proof-secret = Password or code

# Following an invitation.

welcome-title = Welcome
# $role (String) - such as "Owner"
# $whose (String) - the merchant, or Trei
welcome-lead = You were invited as { $role } of { $whose }. Please choose how you sign in.
welcome-name = Your name
welcome-submit = Set up the account
welcome-used = This link was used already.
welcome-expired = This link is not good any more.
welcome-next = Whoever runs this installation can make a new one.
welcome-taken = Somebody signs in with this address already.
welcome-unreadable = Please type a name and an e-mail address.

# Passwords.

# $count (Number) - the fewest characters
password-hint = At least { $count } characters. A few words are easier to keep in mind than signs.
# $count (Number) - the fewest characters
password-short = This password is too short: at least { $count } characters.
password-long = This password is too long.
password-common = This password is among the first that are tried. Please choose another.
password-address = This password contains your address. Please choose another.
password-wrong = The password you have now is wrong.

# One’s own account.

account-title = Your account
account-done = Done.
account-password = Password
account-password-old = Password now
account-password-new = New password
account-password-submit = Change the password
account-password-effect = All other devices are signed out.
account-factor = Second factor
account-factor-none = An app on your phone shows six digits that are asked for beside the password. A stolen password is then not enough.
account-factor-set = Set it up
account-factor-on = It is asked for whenever you sign in.
# $count (Number) - how many
account-codes-left =
    { $count ->
        [one] { $count } recovery code is left.
       *[other] { $count } recovery codes are left.
    }
account-codes-renew = New recovery codes
account-factor-end = Give it up
account-sessions = Signed in on
account-session-this = this device
# $when (String) - such as "today 14:32"
# $address (String) - such as 192.0.2.7
account-session-seen = Last used { $when }, from { $address }
account-session-end = End
account-sessions-end = Sign out all other devices

# Setting the second factor up.

factor-title = Set the second factor up
factor-scan = Scan this with an app such as Aegis, 2FAS or Google Authenticator.
factor-typed = Or type this key into the app
factor-code = The six digits that the app shows now
factor-submit = Switch it on
codes-title = Your recovery codes
codes-lead = Each works once instead of the app. Please print them or keep them in a password manager: they are shown only now.
codes-kept = I have kept them

# The first pages behind it.

operator-title = This installation
operator-merchants = Merchants
operator-none = No merchant is here yet. The command “trei demo” fills an empty installation with four to try.
merchant-active = active
merchant-suspended = suspended
back-suspended = The account of this merchant is suspended.
back-suspended-next = Whoever runs this installation can say why.
back-stores = Stores
store-open = open
store-closed = closed
back-programs = Programs
# $role (String) - such as "Owner"
home-role = You are signed in as { $role }.
home-may = What you may do
home-all = The whole table
home-merchants-title = Back office

# Passkeys: a device signs in instead of a password.

passkey-or = or
passkey-use = Sign in with a passkey
passkey-failed = That did not work. Please try again, or use your password.
passkey-wrong = This passkey is not known here. Please use your password.
passkeys = Passkeys
passkeys-lead = Your phone, computer or security key signs you in with your finger, face or PIN: nothing to remember, nothing that can be stolen by a false page.
passkey-name = Name
passkey-add = Add a passkey
passkey-refused = This passkey could not be added. Please try again.
# $when (String)
passkey-used = Last used { $when }
# $when (String)
passkey-since = Added { $when }, not used yet
passkey-end = Remove
# $name (String)
passkey-end-sure = Remove { $name }
passkey-end-effect = All other devices are signed out.
passkey-prove = Prove who you are to change passkeys
