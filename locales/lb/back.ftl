# The back office: who serves, the tills, who managed what.

back-staff = Equipe
back-staff-lead = Wien bedéngt, weist un der Keess säin Numm a säi PIN. Kee gesäit e PIN erëm, och Dir net.
back-staff-none = Hei bedéngt nach keen.
back-staff-add = Een Neien
back-staff-submit = Dobäisetzen
back-name = Numm un der Keess
back-role = Däerf
back-stores-hint = näischt ugekräizt: iwwerall
back-everywhere = an alle Geschäfter
back-left = net méi do
back-is-locked = PIN gespaart
back-no-pin = nach kee PIN
back-must-change = muss en anere PIN wielen
back-manage = Geréieren
back-pin-new = Neie PIN
back-pin-again = Dee selwechte PIN nach eng Kéier
back-pin-differ = Dat ass net de PIN vun uewen.
back-pin-hint = Mindestens { $least } Zifferen, fir d’Schichtleedung { $managers }. Dat geet och méi spéit.
back-pin-least = Mindestens { $least } Zifferen, a kee vun de leschten dräi PINen.
back-pin-set = PIN verginn
back-pin-reset = Anere PIN verginn
back-pin-submit = PIN späicheren
back-pin-change = Bei der nächster Geleeënheet ass en eegenen ze wielen
back-pin-effect = Den ale PIN gëllt direkt op kenger Keess méi.
back-pin-used = PIN benotzt { $when }
back-locked = Et waren ze vill falsch Versich. De PIN geet erëm ab { $when }.
back-unlock = Elo fräischalten
back-end = Beschäftegung ophalen
back-end-effect = { $name } kann net méi bedéngen: PIN a Schicht sinn direkt eriwwer, op all Keess. Wat gemaach gouf, bleift am Verlaf.
back-end-sure = Jo, { $name } bedéngt net méi
back-terminals = Keesen
back-terminals-lead = All Keess ass en eegenen Apparat mat engem eegene Schlëssel. Eng verluere gëtt hei direkt zréckgezunn.
back-terminals-none = Et gëtt nach keng Keess.
back-terminal-add = Eng nei Keess
back-terminal-name = Wéi se heescht
back-terminal-submit = Code weisen
back-store = A wéi engem Geschäft
back-code = Code fir { $name }
back-code-how = Maacht um Apparat /till op an tippt dëse Code bis { $until } an. En steet nëmmen elo hei.
back-seen = gesinn { $when }
back-never-seen = ni gesinn
back-waiting = waart op hiren Apparat
back-revoked = zréckgezunn
back-revoke = Zréckzéien
back-revoke-sure = Jo, { $name } zréckzéien
back-log = Protokoll
back-log-lead = Wie wat geréiert huet, vu wou, a wat geännert huet. Näischt dovun léisst sech änneren oder ewechhuelen.
log-action = Wat
log-all = alles
log-day = Dag
log-by = Vu wiem
log-anybody = vu jidderengem
log-none = Näischt dergläiche gouf opgeschriwwen.
log-when = Wéini
log-who = Wien
log-what = Wat
log-where = Vu wou
log-older = Méi al
log-csv = Als CSV mathuelen
log-json = Als JSON-Zeile mathuelen
log-console = un der Konsol vun der Maschinn
log-system = d’Installatioun selwer
log-stranger = een Onbekannten

# What the log notes, as headlines.

log-terminal-signed-in = Keess opgemaach
log-terminal-signed-out = Keess zougemaach
log-terminal-sign-in-refused = Keess ofgewisen
log-customer-signed-in = Client ugemellt
log-customer-sign-in-refused = Code vun engem Client ofgewisen
log-customer-signed-out = Client ofgemellt
log-user-invited = Een invitéiert
log-user-made = Invitatioun ugeholl
log-user-disabled = Zougang ewechgeholl
log-user-signed-in = Ugemellt
log-user-sign-in-refused = Umeldung ofgewisen
log-user-signed-out = Ofgemellt
log-user-proven = Nach eng Kéier ausgewisen
log-user-password-changed = Passwuert geännert
log-user-second-factor-set = Zweete Faktor ageriicht
log-user-second-factor-removed = Zweete Faktor ewechgeholl
log-user-recovery-codes-renewed = Ersatzcoden erneiert
log-user-sessions-ended = Sëtzungen eriwwer
log-staff-added = Een huet ugefaang ze bedéngen
log-staff-left = Ee bedéngt net méi
log-pin-set = PIN fir ee verginn
log-pin-changed = Eegene PIN geännert
log-pin-locked = PIN no falsche Versich gespaart
log-pin-unlocked = PIN fräigeschalt
log-pin-rules-set = Reegele fir PINe gesat
log-terminal-made = Keess ugeluecht
log-terminal-paired = Keess mat hirem Apparat verbonnen
log-terminal-pairing-refused = Code vun enger Keess ofgewisen
log-terminal-revoked = Keess zréckgezunn
log-key-made = API-Schlëssel ugeluecht
log-key-revoked = API-Schlëssel zréckgezunn

# How staff prove who they are.

back-rules = Reegele fir PINen
back-rules-lead = Wéi d’Equipe sech un der Keess ausweist.
back-rules-length = Mindestzuel vun Zifferen
back-rules-tries = Falsch Versich bis zur Spär
back-rules-minutes = Minutte vun der éischter Spär; all weider dauert duebel esou laang
back-rules-submit = Reegele späicheren

# Keys of programs.

back-keys = API-Schlësselen
back-keys-lead = Fir e Keessesystem oder e Webshop. E Schlëssel däerf, wat ugekräizt ass, a soss näischt; säin Text steet nëmmen eng Kéier do.
back-keys-none = Et gëtt nach kee Schlëssel.
back-key-made = Den neie Schlëssel
back-key-once = Kopéiert en elo: opgehale gëtt nëmme säin Ofdrock.
back-key-add = En neie Schlëssel
back-key-proof = Schlësselen uleeën an zréckzéien brauch e frësche Beweis, wien Dir sidd.
back-key-prove = Mech ausweisen
back-key-networks = Nëmme vun dësen Adressen
back-key-networks-hint = Adressen oder Beräicher, mat Kommae getrennt, wéi 192.0.2.7, 10.0.0.0/8
back-key-expires = Gëlteg bis Enn vum
back-key-submit = Schlëssel uleeën
back-key-anywhere = vun iwwerall
back-key-used = benotzt { $when }
back-key-unused = ni benotzt
back-key-until = bis { $day }
back-key-past = Dësen Dag ass eriwwer.
back-key-no-network = Dat si keng Adressen.

# Corrections over a limit.

back-approvals = Fräigaben
back-approvals-lead = Korrekturen, déi eng Keess iwwer hir Grenz eraus gefrot huet. Wien se freet, gëtt se net fräi; no engem Dag muss nei gefrot ginn.
back-approvals-none = Näischt waart.
back-approve = Fräiginn
back-deny = Refuséieren
back-approved = fräiginn
back-denied = refuséiert
back-expired = keen huet zäitlech decidéiert
back-approval-until = waart bis { $when }
back-reason-correction = E Feeler verbessert
back-reason-lost = Eng verluere Kaart
back-reason-import = Vun anerwäerts iwwerholl
log-approval-asked = Fräigab vun enger Korrektur gefrot
log-approval-approved = Korrektur fräiginn
log-approval-denied = Korrektur refuséiert
