# What was tried too often, and devices that become a till by a short code.

problem-too-often = Ze vill Versich.
problem-too-often-next = { $minutes ->
    [one] Probéiert et w.e.g. an enger Minutt nach eng Kéier.
   *[other] Probéiert et w.e.g. an { $minutes } Minutten nach eng Kéier.
}

pair-revoked = Dësen Apparat ass keng Keess méi: seng Verbindung gouf zeréckgeholl. Wien dës Installatioun bedreift, kann him en neie Code ginn.
pair-by-code = Mat engem kuerze Code verbannen
pair-by-code-lead = Wien dës Installatioun bedreift, gëtt Iech aacht Zeechen, déi eemol an zéng Minutte laang gëllen.
pair-code = Kuerze Code
pair-code-hint = Aacht Buschtawen an Zifferen, zum Beispill 7KQ4-M2XA. Grouss oder kleng an d’Stricher si gläich.
pair-code-refused = Dëse Code verbënnt keng Keess, oder seng Zäit ass ëm. Kuckt en w.e.g. no, oder frot en neien.
pair-code-used = Dëse Code huet schonn en Apparat verbonnen. Frot w.e.g. en neien.
pair-by-token = Mam laange Code verbannen
