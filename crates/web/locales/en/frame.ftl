place-work = My work
place-map = Service map
place-my-tickets = My tickets
place-services = Ask for something
place-setup = Set-up
place-profile = Profile
