# Warum sich auf einem Beleg etwas bewegte: eine Zeile je Regel.

breakdown-visit = Für den Besuch
breakdown-amount-steps = Für jede volle Stufe des Betrags
breakdown-quantity = So viele, wie das Personal gab
breakdown-rate = Für den Betrag
breakdown-below-minimum = Unter dem kleinsten Einkauf, der zählt
breakdown-nothing-eligible = Von diesem Einkauf zählt nichts
breakdown-transaction-maximum = Gekürzt auf das Maximum je Einkauf
breakdown-cap = Gekürzt auf das, was noch erlaubt ist
breakdown-card-full = Gekürzt auf den Platz auf der Karte
breakdown-welcome = Willkommen
breakdown-completion = Für eine volle Karte
breakdown-reward-cost = Für die Belohnung
breakdown-reversal = Storniert
breakdown-return = Für zurückgegebene Ware
breakdown-restored = Zurückgegeben
breakdown-loss = Konnte nicht mehr abgezogen werden
breakdown-adjustment = Vom Personal korrigiert
breakdown-forfeit = Verfallen, als die Karte geschlossen wurde
breakdown-merge = Zusammenlegung zweier Karten
