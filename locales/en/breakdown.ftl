# Why a receipt moved what it moved: one line a rule.

breakdown-visit = For the visit
breakdown-amount-steps = For every full step of the amount
breakdown-quantity = As many as the staff gave
breakdown-rate = For the amount
breakdown-below-minimum = Below the smallest purchase that counts
breakdown-nothing-eligible = Nothing of this purchase counts
breakdown-transaction-maximum = Shortened to the most of one purchase
breakdown-cap = Shortened to what is still allowed
breakdown-card-full = Shortened to the room left on the card
breakdown-welcome = Welcome
breakdown-completion = For a full card
breakdown-reward-cost = For the reward
breakdown-reversal = Taken back
breakdown-return = For goods that came back
breakdown-restored = Given back
breakdown-loss = Could not be taken back any more
breakdown-adjustment = Corrected by the staff
breakdown-forfeit = Given up when the card was closed
breakdown-merge = Two cards became one
