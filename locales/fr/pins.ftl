# Codes PIN du personnel.

error-pin-required = La personne qui sert doit saisir son code PIN.
error-pin-invalid = Ce nom et ce code PIN ne vont pas ensemble ici.
error-pin-invalid-remaining =
    { $left ->
        [one] Ce nom et ce code PIN ne vont pas ensemble ici. Il reste { $shown } essai.
       *[other] Ce nom et ce code PIN ne vont pas ensemble ici. Il reste { $shown } essais.
    }
error-pin-format = Un code PIN compte de { $min } à { $max } chiffres.
error-pin-weak = Ce code PIN est trop facile à deviner.
error-pin-reused = Ce code PIN a servi il y a peu.
error-pin-locked = Trop d’essais erronés. Ce sera de nouveau possible dès { $retry_at }.
error-staff-inactive = Cette personne ne sert plus ici.
error-name-taken = Une personne qui sert porte déjà ce nom.
error-last-manager = Il doit rester au moins une personne responsable.
