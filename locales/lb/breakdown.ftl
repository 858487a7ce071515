# Firwat sech op engem Ticket eppes beweegt huet: eng Zeil pro Regel.

breakdown-visit = Fir d’Visitt
breakdown-amount-steps = Fir all voll Stuf vum Betrag
breakdown-quantity = Esou vill, wéi d’Personal ginn huet
breakdown-rate = Fir de Betrag
breakdown-below-minimum = Ënner dem klengsten Akaf, deen zielt
breakdown-nothing-eligible = Vun dësem Akaf zielt näischt
breakdown-transaction-maximum = Gekierzt op de Maximum pro Akaf
breakdown-cap = Gekierzt op dat, wat nach erlaabt ass
breakdown-card-full = Gekierzt op déi Plaz, déi op der Kaart bleift
breakdown-welcome = Wëllkomm
breakdown-completion = Fir eng voll Kaart
breakdown-reward-cost = Fir d’Belounung
breakdown-reversal = Annuléiert
breakdown-return = Fir zréckbruecht Wuer
breakdown-restored = Zréckginn
breakdown-loss = Konnt net méi ofgezu ginn
breakdown-adjustment = Vum Personal korrigéiert
breakdown-forfeit = Verfall, wéi d’Kaart zougemaach gouf
breakdown-merge = Zwou Kaarten zesummegeluecht
