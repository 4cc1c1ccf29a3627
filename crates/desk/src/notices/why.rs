//! Why somebody gets a mail, in the words that stand below it.

use domain::notice::{Occasion, Subscription};

pub(super) const fn words(subscription: Subscription, german: bool) -> &'static str {
    let (english, deutsch) = match subscription {
        Subscription::To(occasion) => of(occasion),
        Subscription::Digest => (
            "You get this mail once a day, because you chose so or it is usual.",
            "Sie bekommen diese Mail einmal am Tag, weil Sie es so gewählt haben oder es so üblich ist.",
        ),
    };
    if german { deutsch } else { english }
}

const fn of(occasion: Occasion) -> (&'static str, &'static str) {
    match occasion {
        Occasion::Given => (
            "You get this mail because a ticket was given to you. Answer at the desk, not to this mail.",
            "Sie bekommen diese Mail, weil Ihnen ein Ticket übergeben wurde. Antworten Sie am Desk, nicht auf diese Mail.",
        ),
        Occasion::Answered | Occasion::Noted => (
            "You get this mail because you hold the ticket. Answer at the desk, not to this mail.",
            "Sie bekommen diese Mail, weil das Ticket bei Ihnen liegt. Antworten Sie am Desk, nicht auf diese Mail.",
        ),
        Occasion::Delivered => (
            "You get this mail because you asked for the hand-off. Answer at the desk, not to this mail.",
            "Sie bekommen diese Mail, weil Sie die Übergabe angefragt haben. Antworten Sie am Desk, nicht auf diese Mail.",
        ),
        Occasion::Returned => (
            "You get this mail because you hold the hand-off. Answer at the desk, not to this mail.",
            "Sie bekommen diese Mail, weil die Übergabe bei Ihnen liegt. Antworten Sie am Desk, nicht auf diese Mail.",
        ),
        Occasion::EndsSoon => (
            "You get this mail because you hold the ticket whose promise ends soon.",
            "Sie bekommen diese Mail, weil das Ticket, dessen Zusage bald endet, bei Ihnen liegt.",
        ),
        Occasion::StrangerWrote => (
            "You get this mail because you hold the ticket to which somebody else wrote.",
            "Sie bekommen diese Mail, weil das Ticket, zu dem jemand anderes schrieb, bei Ihnen liegt.",
        ),
        Occasion::Mentioned => (
            "You get this mail because somebody named you in a note. Answer at the desk, not to this mail.",
            "Sie bekommen diese Mail, weil jemand Sie in einer Notiz genannt hat. Antworten Sie am Desk, nicht auf diese Mail.",
        ),
        Occasion::Watched => (
            "You get this mail because you watch the ticket; on its page you can stop that.",
            "Sie bekommen diese Mail, weil Sie das Ticket beobachten; auf seiner Seite können Sie das beenden.",
        ),
        Occasion::HandoffWatched => (
            "You get this mail because you watch a hand-off of your unit; on its page you can stop that.",
            "Sie bekommen diese Mail, weil Sie eine Übergabe Ihrer Einheit beobachten; auf ihrer Seite können Sie das beenden.",
        ),
        Occasion::AskedBack => (
            "You get this mail because your ticket waits for the hand-off. Answer at the desk, not to this mail.",
            "Sie bekommen diese Mail, weil Ihr Ticket auf die Übergabe wartet. Antworten Sie am Desk, nicht auf diese Mail.",
        ),
        Occasion::Solved => (
            "You get this mail because it is your ticket. Where nobody else provides a service, it always comes.",
            "Sie bekommen diese Mail, weil es Ihr Ticket ist. Bei Diensten, die niemand sonst anbietet, kommt sie immer.",
        ),
        Occasion::Replied | Occasion::Closed => (
            "You get this mail because it is your ticket.",
            "Sie bekommen diese Mail, weil es Ihr Ticket ist.",
        ),
        Occasion::Bounced => (
            "You get this mail because you hold the ticket, or wrote what did not arrive.",
            "Sie bekommen diese Mail, weil das Ticket bei Ihnen liegt oder Sie geschrieben haben, was nicht ankam.",
        ),
        Occasion::Rated => (
            "You get this mail because you hold the ticket that was rated.",
            "Sie bekommen diese Mail, weil das bewertete Ticket bei Ihnen liegt.",
        ),
        Occasion::Escalated => (
            "You get this mail because you held the ticket when somebody neutral was asked.",
            "Sie bekommen diese Mail, weil das Ticket bei Ihnen lag, als um eine neutrale Entscheidung gebeten wurde.",
        ),
        Occasion::Told => (
            "You get this mail because a rule of the desk names you.",
            "Sie bekommen diese Mail, weil eine Regel des Desks Sie nennt.",
        ),
        Occasion::Arrived => (
            "You get this mail because you chose to hear of new tickets in your unit.",
            "Sie bekommen diese Mail, weil Sie von neuen Tickets Ihrer Einheit hören wollen.",
        ),
    }
}
