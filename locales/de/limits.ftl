# What was tried too often, and devices that become a till by a short code.

problem-too-often = Zu viele Versuche.
problem-too-often-next = { $minutes ->
    [one] Bitte versuchen Sie es in einer Minute wieder.
   *[other] Bitte versuchen Sie es in { $minutes } Minuten wieder.
}

pair-revoked = Dieses Gerät ist keine Kasse mehr: Seine Verbindung wurde zurückgenommen. Wer diese Installation betreibt, kann ihm einen neuen Code geben.
pair-by-code = Mit einem kurzen Code verbinden
pair-by-code-lead = Wer diese Installation betreibt, gibt Ihnen acht Zeichen, die einmal und zehn Minuten lang gelten.
pair-code = Kurzer Code
pair-code-hint = Acht Buchstaben und Ziffern, zum Beispiel 7KQ4-M2XA. Großbuchstaben und Striche sind gleichgültig.
pair-code-refused = Dieser Code verbindet keine Kasse, oder seine Zeit ist um. Bitte prüfen Sie ihn, oder lassen Sie sich einen neuen geben.
pair-code-used = Dieser Code hat bereits ein Gerät verbunden. Bitte lassen Sie sich einen neuen geben.
pair-by-token = Mit dem langen Code verbinden
