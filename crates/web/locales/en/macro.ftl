problem-fill-wrong = This text cannot be filled. { $faults }. It was kept as you wrote it.
problem-fill-unknown = there is no variable “{ $name }”
problem-fill-nothing = nothing stands between these braces
problem-fill-open = these braces do not end
problem-fill-command = commands are not known here, only variables in two braces
problem-says-nothing = This ticket says nothing for: { $names }. Write it yourself, or give the text a fallback, as in {"{{"}requester.first_name|there{"}}"}.
problem-too-many-macros = One list holds at most { $most } texts and macros. Delete one that nobody uses.
# Canned replies and macros
macros-title = Canned replies and macros
macros-words = Texts and steps that come back every day: your own, your units', and everybody's. Type / at the start of a line of a reply to use one.
macros-new = New
macros-none = Nothing yet
macros-none-words = Write down what you answer often; next time it is one key.
macros-canned = canned reply
macros-macro = macro
macros-uses = { $count ->
    [0] never used
    [one] used once
   *[other] used { $count } times
}
macros-what = What it says
macros-name = Name
macros-reply = Reply
macros-reply-help = Markdown works. The requester reads it.
macros-variables = What a text can name
macros-variables-words = A variable is filled from the ticket. Say behind a bar what stands there when nothing is known: {"{{"}requester.first_name|there{"}}"}. Without that, nothing is put in and you are told what is missing.
macros-save = Save
macros-beside = Owner and end
macros-delete = Delete it
variable-number = The ticket's number
variable-subject = Its subject
variable-unit = The unit that owns it
variable-service = The service that was asked for
variable-link = The address of the ticket's page for its requester
variable-requester-name = The requester's full name
variable-requester-first-name = The requester's first name, where it can be told
variable-organisation = The requester's organisation
variable-my-name = Your full name
variable-my-first-name = Your first name
canned-title = Canned replies
canned-hint = Type / at the start of a line for canned replies.
canned-none = No canned reply says that.
canned-search = Words of its name or text
canned-find = Find
canned-put = Put it below what I am writing
composer-send-and = { $send } { $then }
composer-send-others = Send in another way
composer-and-wait = and wait
composer-and-solve = and solve
composer-and-deliver = and deliver
