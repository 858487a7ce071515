refused-stale = Dëse Code ass ze al oder gouf scho benotzt. Scannt w.e.g. de Code, deen déi opgemaachte Kaart elo weist.
refused-unshown = Fir dës Belounung auszeginn, scannt w.e.g. de Code, deen déi opgemaachte Kaart elo weist.
fresh-needed = Fir eng Belounung auszeginn, scannt w.e.g. de Code op der opgemaachter Kaart.
card-code-live = Dëse Code ass all hallef Minutt nei.
