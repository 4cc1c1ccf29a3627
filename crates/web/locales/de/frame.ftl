place-work = Meine Arbeit
place-map = Service-Landkarte
place-my-tickets = Meine Tickets
place-services = Etwas anfragen
place-setup = Einrichtung
place-profile = Profil
