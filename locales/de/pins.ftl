# PINs der Mitarbeitenden.

error-pin-required = Wer bedient, muss seine PIN eingeben.
error-pin-invalid = Name und PIN gehören hier nicht zusammen.
error-pin-invalid-remaining =
    { $left ->
        [one] Name und PIN gehören hier nicht zusammen. Es bleibt { $shown } Versuch.
       *[other] Name und PIN gehören hier nicht zusammen. Es bleiben { $shown } Versuche.
    }
error-pin-format = Eine PIN hat { $min } bis { $max } Ziffern.
error-pin-weak = Diese PIN ist zu leicht zu erraten.
error-pin-reused = Diese PIN war vor Kurzem in Gebrauch.
error-pin-locked = Zu viele falsche Versuche. Es geht wieder ab { $retry_at }.
error-staff-inactive = Diese Person bedient hier nicht mehr.
error-name-taken = Jemand, der bedient, heißt schon so.
error-last-manager = Jemand mit Leitungsrecht muss bleiben.
