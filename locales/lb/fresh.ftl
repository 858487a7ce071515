refused-stale = Dëse Code ass ze al oder gouf scho benotzt. Scannt w.e.g. de Code, deen déi opgemaachte Kaart elo weist.
refused-unshown = Fir dës Belounung auszeginn, scannt w.e.g. de Code, deen déi opgemaachte Kaart elo weist.
fresh-needed = Fir eng Belounung auszeginn, scannt w.e.g. de Code op der opgemaachter Kaart.
card-code-live = Dëse Code ass all hallef Minutt nei.

# A till asks on the open card; its owner answers.

confirm-title = { $what }?
confirm-cost = Dat hëlt { $cost } vun Ärer Kaart. D’Geschäft gëtt et eraus, soubal Dir Jo sot.
confirm-paid = Et ass scho bezuelt. D’Geschäft gëtt et eraus, soubal Dir Jo sot.
confirm-yes = Jo, erausginn
confirm-no = Nee
confirm-said-yes = Dir hutt Jo gesot. D’Geschäft kann et elo erausginn.
confirm-said-no = Dir hutt Nee gesot. Et gëtt näischt erausginn.
confirm-said-late = Dat war ze spéit: d’Geschäft waart net méi.
confirm-ask = Op der Kaart vum Client froen
confirm-wait-title = De Client gëtt gefrot
confirm-wait = { $what } fir { $who }: déi oppe Kaart freet, ob et erausgi soll ginn.
confirm-look = Nach eng Kéier kucken
confirm-yes-title = De Client huet Jo gesot
confirm-yes-next = Et kann elo erausgi ginn: { $what }.
confirm-give = { $what } erausginn
confirm-no-title = De Client huet Nee gesot
confirm-no-next = Et gëtt näischt erausginn, an näischt gouf vun der Kaart geholl.
confirm-over-title = Kee Mënsch huet geäntwert
confirm-over-next = D’Kaart muss um Telefon vum Client op sinn.
confirm-again = Nach eng Kéier froen
