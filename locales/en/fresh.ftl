### Something fresh before value leaves a card.

refused-stale = That code is too old, or was used before. Please scan the code that the customer’s open card shows now.
refused-unshown = To hand out this reward, please scan the code that the customer’s open card shows now.
fresh-needed = To hand out a reward, please scan the code on the customer’s open card.
card-code-live = This code is new every half minute.
