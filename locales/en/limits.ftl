# What was tried too often, and devices that become a till by a short code.

problem-too-often = Too many tries.
# $minutes (Number)
problem-too-often-next = { $minutes ->
    [one] Please try again in a minute.
   *[other] Please try again in { $minutes } minutes.
}

pair-revoked = This device is no longer a till: its connection was taken back. Whoever runs this installation can give it a new code.
pair-by-code = Connect by a short code
pair-by-code-lead = Whoever runs this installation gives you eight characters that work once, for ten minutes.
pair-code = Short code
pair-code-hint = Eight letters and digits, such as 7KQ4-M2XA. Capitals and dashes do not matter.
pair-code-refused = This code does not connect a till, or its time is over. Please check it, or ask for a new one.
pair-code-used = This code has connected a device already. Please ask for a new one.
pair-by-token = Connect by the long code
