# Pourquoi un reçu indique ce qu’il indique : une ligne par règle.

breakdown-visit = Pour la visite
breakdown-amount-steps = Pour chaque palier complet du montant
breakdown-quantity = Le nombre donné par le personnel
breakdown-rate = Pour le montant
breakdown-below-minimum = En dessous de l’achat minimal pris en compte
breakdown-nothing-eligible = Rien dans cet achat n’est pris en compte
breakdown-transaction-maximum = Réduit au maximum par achat
breakdown-cap = Réduit à ce qui est encore permis
breakdown-card-full = Réduit à la place restante sur la carte
breakdown-welcome = Bienvenue
breakdown-completion = Pour une carte pleine
breakdown-reward-cost = Pour la récompense
breakdown-reversal = Annulé
breakdown-return = Pour des articles retournés
breakdown-restored = Rendu
breakdown-loss = N’a plus pu être repris
breakdown-adjustment = Corrigé par le personnel
breakdown-forfeit = Abandonné à la clôture de la carte
breakdown-merge = Réunion de deux cartes
