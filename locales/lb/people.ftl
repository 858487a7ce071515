# Leit, déi sech mat engem Passwuert umellen. Uried: Dir.

group-operators = D’Installatioun
group-users = De Büro vum Händler
group-staff = Un der Keess
group-customers = Clienten
role-operator-owner = Bedreiwer
role-operator-support = Hëllef
role-operator-auditor = Auditeur
role-owner = Proprietär
role-manager = Gerant
role-accountant = Comptabel
role-viewer = Lieser
role-terminal = Keess eleng
role-cashier = Keessier
role-staff-manager = Schichtleedung
role-customer = Client

action-own-account = Den eegene Kont verwalten
action-own-cards = Déi eege Kaarte gesinn
action-see-cards = Kaarten an hire Verlaf gesinn
action-enrol-cards = Kaarten opmaachen
action-manage-cards = Kaarte spären an ersetzen
action-merge-cards = Aus zwou Kaarten eng maachen
action-close-cards = Kaarten definitiv zoumaachen
action-earn = Stempelen a Punkte ginn
action-redeem = Belounungen erausginn
action-void = Gebuchtes annuléieren
action-return = Retouren agedroen
action-adjust = Stänn korrigéieren
action-approve = Guttheeschen, wat iwwer enger Limitt läit
action-backdate = Eppes zréckdatéieren
action-see-programs = Programmer a Beloununge gesinn
action-manage-programs = Programmer a Belounungen änneren
action-see-figures = Zuelen an Zomme gesinn
action-manage-staff = Personal verwalten
action-reset-pins = PINe setzen an zrécksetzen
action-unlock-pins = PINen entspären
action-manage-terminals = Keesse verbannen an ofmellen
action-manage-keys = API-Schlësselen uleeën a widderruffen
action-manage-users = D’Benotzer vum Büro verwalten
action-manage-settings = D’Astellunge vum Händler änneren
action-see-audit-log = Gesinn, wie wat verwalt huet
action-export-audit-log = Exportéieren, wie wat verwalt huet
action-see-merchants = D’Händler gesinn
action-manage-merchants = Händler uleeën a begrenzen
action-suspend-merchants = Händler suspendéieren
action-set-policy-floor = De Minimum fir Händler festleeën
action-manage-operators = Bedreiwer verwalten

permissions-title = Wie wat däerf
permissions-lead = Eng Tabell entscheet, op all Säit an an der API. En API-Schlëssel däerf, wat seng Rechter opmaachen, a soss näischt.
permissions-action = Wat
permissions-scope = API-Recht
permissions-yes = jo
permissions-no = nee

signin-title = Umellen
signin-lead = Fir Bedreiwer an d’Leit am Büro vun engem Händler. D’Personal mellt sech un der Keess un.
landing-sign-in-what = Fir Bedreiwer a Büroen
signin-address = E-Mail-Adress
signin-password = Passwuert
signin-submit = Umellen
signin-ended = Är Sessioun ass eriwwer. Mellt Iech w.e.g. nei un.
signin-code-title = Zweete Facteur
signin-code-lead = Gitt w.e.g. déi sechs Zifferen an, déi Är App weist. Ouni App geet en Ersatzcode, eemol.
signin-code = Code
signin-code-submit = Weider
signout = Ofmellen
signin-other = Vu vir ufänken

proof-title = Sidd Dir et?
proof-lead = Gitt virun dëser Ännerung w.e.g. Äert Passwuert oder e Code vun Ärer App an.
proof-secret = Passwuert oder Code

welcome-title = Wëllkomm
welcome-lead = Dir sidd als { $role } vun { $whose } invitéiert. Leet w.e.g. fest, wéi Dir Iech umellt.
welcome-name = Ären Numm
welcome-submit = Kont ariichten
welcome-used = Dëse Link gouf scho benotzt.
welcome-expired = Dëse Link ass net méi gëlteg.
welcome-next = Wien dës Installatioun bedreift, kann en neie maachen.
welcome-taken = Mat dëser Adress mellt sech schonn een un.
welcome-unreadable = Gitt w.e.g. en Numm an eng E-Mail-Adress an.

password-hint = Op d’mannst { $count } Zeechen. E puer Wierder verhält ee sech besser wéi Sonnerzeechen.
password-short = Dëst Passwuert ass ze kuerz: op d’mannst { $count } Zeechen.
password-long = Dëst Passwuert ass ze laang.
password-common = Dëst Passwuert gëtt als éischt probéiert. Sicht Iech w.e.g. en anert eraus.
password-address = An dësem Passwuert steet Är Adress. Sicht Iech w.e.g. en anert eraus.
password-wrong = Äert aktuellt Passwuert ass falsch.

account-title = Äre Kont
account-done = Gemaach.
account-password = Passwuert
account-password-old = Aktuellt Passwuert
account-password-new = Neit Passwuert
account-password-submit = Passwuert änneren
account-password-effect = All aner Apparater ginn ofgemellt.
account-factor = Zweete Facteur
account-factor-none = Eng App op Ärem Telefon weist sechs Zifferen, no deenen nieft dem Passwuert gefrot gëtt. E geklaut Passwuert geet dann net duer.
account-factor-set = Ariichten
account-factor-on = E gëtt bei all Umellung gefrot.
account-codes-left =
    { $count ->
        [one] { $count } Ersatzcode ass nach do.
       *[other] { $count } Ersatzcoden sinn nach do.
    }
account-codes-renew = Nei Ersatzcoden
account-factor-end = Ewechhuelen
account-sessions = Ugemellt op
account-session-this = dësen Apparat
account-session-seen = Fir d’lescht benotzt { $when }, vun { $address }
account-session-end = Ofschléissen
account-sessions-end = All aner Apparater ofmellen

factor-title = Den zweete Facteur ariichten
factor-scan = Scannt dëst mat enger App wéi Aegis, 2FAS oder Google Authenticator.
factor-typed = Oder gitt dëse Schlëssel an d’App an
factor-code = Déi sechs Zifferen, déi d’App elo weist
factor-submit = Aschalten
codes-title = Är Ersatzcoden
codes-lead = All Code zielt eemol amplaz vun der App. Dréckt se aus oder haalt se an engem Passwuertspäicher: si ginn nëmmen elo gewisen.
codes-kept = Ech hunn se opgehuewen

operator-title = Dës Installatioun
operator-merchants = Händler
operator-none = Et ass nach keen Händler hei. De Kommando „trei demo“ fëllt eng eidel Installatioun mat véier fir ze probéieren.
merchant-active = aktiv
merchant-suspended = suspendéiert
back-suspended = De Kont vun dësem Händler ass suspendéiert.
back-suspended-next = Wien dës Installatioun bedreift, kann de Grond soen.
back-stores = Geschäfter
store-open = op
store-closed = zou
back-programs = Programmer
home-role = Dir sidd als { $role } ugemellt.
home-may = Wat Dir däerft
home-all = Déi ganz Tabell
home-merchants-title = Büro

passkey-or = oder
passkey-use = Mat engem Passkey umellen
passkey-failed = Dat huet net geklappt. Probéiert w.e.g. nach eng Kéier, oder huelt Äert Passwuert.
passkey-wrong = Dëse Passkey ass hei net bekannt. Huelt w.e.g. Äert Passwuert.
passkeys = Passkeyen
passkeys-lead = Ären Telefon, Äre Computer oder e Sécherheetsschlëssel mellt Iech mam Fanger, mam Gesiicht oder mat enger PIN un: näischt ze verhalen, näischt, wat eng falsch Säit klaue kéint.
passkey-name = Numm
passkey-add = Passkey derbäisetzen
passkey-refused = Dëse Passkey konnt net derbäigesat ginn. Probéiert w.e.g. nach eng Kéier.
passkey-used = Fir d’lescht benotzt { $when }
passkey-since = Derbäigesat { $when }, nach net benotzt
passkey-end = Ewechhuelen
passkey-end-sure = { $name } ewechhuelen
passkey-end-effect = All aner Apparater ginn ofgemellt.
passkey-prove = Identitéit confirméieren, fir Passkeyen z’änneren
