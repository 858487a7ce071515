# PINe vun de Mataarbechter.

error-pin-required = Wien bedéngt, muss säi PIN aginn.
error-pin-invalid = Numm a PIN gehéieren hei net zesummen.
error-pin-invalid-remaining =
    { $left ->
        [one] Numm a PIN gehéieren hei net zesummen. Et bleift { $shown } Versuch.
       *[other] Numm a PIN gehéieren hei net zesummen. Et bleiwen { $shown } Versich.
    }
error-pin-format = E PIN huet { $min } bis { $max } Zifferen.
error-pin-weak = Dëse PIN ass ze einfach ze roden.
error-pin-reused = Dëse PIN war viru Kuerzem a Gebrauch.
error-pin-locked = Ze vill falsch Versich. Et geet erëm ab { $retry_at }.
error-staff-inactive = Dës Persoun bedéngt hei net méi.
error-name-taken = Een, dee bedéngt, heescht scho sou.
error-last-manager = Et muss ee bleiwen, deen d’Leedung huet.
