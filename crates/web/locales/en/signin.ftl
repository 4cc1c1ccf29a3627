sign-in-title = Sign in
sign-in-email = E-mail address
sign-in-password = Password
sign-in-send = Sign in
sign-in-wrong = This address and password do not belong together. Check both and try again.
sign-in-too-many = There were too many attempts. To protect whoever this belongs to, please wait { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
} and try again.
sign-in-busy = Many people are signing in at this moment. Please try again in a few seconds.
signed-out = You are signed out.
demo-title = Look around as somebody
demo-words = This is a demonstration: choose whom to be. Everybody’s password is “{ $password }”.
setup-title = Set up your desk
setup-words = You are the first one here. Whoever started the desk sees a code on its console; with it you become the administrator.
setup-code = Code from the console
setup-code-help = Four groups of five letters and digits. It works once.
setup-organisation = Your organisation
setup-name = Your name
setup-email = Your e-mail address
setup-password = Choose a password
setup-password-help = At least 12 characters. Four unrelated words do well.
setup-zone = Time zone
setup-send = Set up
