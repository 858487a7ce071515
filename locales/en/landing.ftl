# The landing page of an installation.

landing-title = Trei
landing-lead = Loyalty that a shop, a chain or a town hosts itself: stamp cards and points, without an app.
landing-plain = This server keeps loyalty cards. Customers open their card by their own link; staff work at the till.
# $cards (String) - how many cards
# $events (String) - how many events
landing-demo = This is a demonstration with invented shops and people: { $cards } cards, { $events } events. Try everything; nothing leaves this server.
landing-empty = No shop is open here yet. The command “trei demo” fills an empty installation with four shops to try.
landing-till = Open the till
landing-till-what = For staff, on a paired device
landing-card = See a card
landing-join = Join
landing-shops = Join a program here
landing-api = API documentation
landing-api-what = For developers of tills and web shops
# $version (String) - version of the program
landing-version = Trei { $version }, free software under the AGPL
# $people (String)
landing-pins = The till asks who serves. PINs: { $people }.
