# La page d’accueil d’une installation.

landing-title = Trei
landing-lead = La fidélité hébergée par le commerce, la chaîne ou la ville : cartes à tampons et points, sans application.
landing-plain = Ce serveur tient des cartes de fidélité. Les clients ouvrent leur carte par leur propre lien ; le personnel travaille à la caisse.
landing-demo = Ceci est une démonstration avec des commerces et des personnes inventés : { $cards } cartes, { $events } événements. Essayez tout ; rien ne quitte ce serveur.
landing-empty = Aucun commerce n’est encore ouvert ici. La commande « trei demo » remplit une installation vide de quatre commerces à essayer.
landing-till = Ouvrir la caisse
landing-till-what = Pour le personnel, sur un appareil connecté
landing-card = Voir une carte
landing-join = S’inscrire
landing-shops = Adhérer à un programme
landing-api = Documentation de l’API
landing-api-what = Pour les développeurs de caisses et de boutiques en ligne
landing-version = Trei { $version }, logiciel libre sous AGPL
landing-pins = La caisse demande qui sert. Codes PIN : { $people }.
