//! Texts that people do not write twice: canned replies, macros, and what stands below their mails.

use domain::action::Action;
use store::view::Owner;

use super::become_person;
use crate::act::Act;
use crate::demo::company::{ADMINISTRATOR, Unit};
use crate::demo::offers::Offer;
use crate::demo::world::World;
use crate::{DeskError, macros, signature};

/// Whose a text is.
#[derive(Clone, Copy)]
enum Of {
    Everybody,
    Unit(Unit),
    Own,
}

struct Text {
    of: Of,
    /// Who wrote it.
    by: &'static str,
    name: &'static str,
    reply: &'static str,
    note: &'static str,
    does: fn(&World) -> Vec<Action>,
    /// Where it is offered; everywhere when empty.
    filter: &'static str,
}

const fn text(of: Of, by: &'static str, name: &'static str, reply: &'static str) -> Text {
    Text { of, by, name, reply, note: "", does: nothing, filter: "" }
}

impl Text {
    const fn and_does(mut self, does: fn(&World) -> Vec<Action>) -> Self {
        self.does = does;
        self
    }

    const fn with_note(mut self, note: &'static str) -> Self {
        self.note = note;
        self
    }

    const fn where_it_is(mut self, filter: &'static str) -> Self {
        self.filter = filter;
        self
    }
}

fn nothing(_: &World) -> Vec<Action> {
    Vec::new()
}

fn wait(_: &World) -> Vec<Action> {
    vec![Action::WaitForRequester]
}

fn solve(_: &World) -> Vec<Action> {
    vec![Action::Solve { reason: String::new() }]
}

fn lend(world: &World) -> Vec<Action> {
    let ask = Action::Ask {
        service: world.services[&Offer::Stock],
        subject: "Loan unit for {{requester.name}}, {{subject}}".to_owned(),
        text: "Please ready a loan unit with the long hose set. The address is in the order, the driver calls an hour before.".to_owned(),
    };
    vec![Action::Tag { tag: "loan-unit".to_owned() }, ask]
}

fn weigh(_: &World) -> Vec<Action> {
    vec![Action::Tag { tag: "goodwill".to_owned() }]
}

const TEXTS: &[Text] = &[
    text(
        Of::Everybody,
        ADMINISTRATOR,
        "We have it, and who has it",
        "Hello {{requester.first_name|there}},\n\nyour message is with me, and I stay your contact until it is done. You will hear from me today, even if the news is that there is none yet.",
    ),
    text(
        Of::Everybody,
        ADMINISTRATOR,
        "Still waiting, and for what",
        "Hello {{requester.first_name|there}},\n\nno progress yet, and you should not have to ask: it waits for somebody else in the house, and I ask there every morning. Your number is {{number}}.",
    ),
    text(
        Of::Unit(Unit::CustomerService),
        "Maren Ashdown",
        "Ask for the serial number",
        "Could you send us the serial number, {{requester.first_name|please}}? It stands on the silver plate, bottom right, and begins with *EF*. A photograph will do.",
    )
    .and_does(wait)
    .where_it_is("is:open -waiting:requester"),
    text(
        Of::Unit(Unit::CustomerService),
        "Maren Ashdown",
        "Lend a unit while ours is repaired",
        "We lend you a unit until yours is back. The driver calls an hour before; all he needs is a socket and somebody to let him in.",
    )
    .with_note("Loan unit asked of the warehouse. It comes back with the repaired one, not before.")
    .and_does(lend)
    .where_it_is("kind:incident is:open"),
    text(
        Of::Unit(Unit::CustomerService),
        "Callum Reid",
        "Solved by a restart",
        "Good to hear. The display had forgotten what the unit was doing; this happens after a power cut, and the restart was the cure. If it comes back within four weeks, write to us here and we look deeper.",
    )
    .and_does(solve)
    .where_it_is("kind:incident is:open"),
    text(
        Of::Unit(Unit::EmergencyLine),
        "Gwen Pritchard",
        "While the fitter is on the way",
        "A fitter is on the way. Until then:\n\n1. leave the unit switched off at the breaker\n2. close the doors of rooms you do not need\n3. use the electric heaters, one socket each\n\nIf anybody in the house is ill or very young, tell us now; we keep a warm room.",
    ),
    text(
        Of::Unit(Unit::Finance),
        "Fiona Lockhart",
        "Paid back, and when it arrives",
        "You are right, and the money is on its way. It takes two to four working days, depending on your bank; the credit note is in your account.",
    )
    .and_does(solve),
    text(
        Of::Unit(Unit::Legal),
        "Eleanor Voss",
        "Goodwill, to be weighed",
        "",
    )
    .with_note("Outside the warranty by less than three months. Weigh: age of the unit, how often it failed, what we could have seen earlier.")
    .and_does(weigh),
    text(
        Of::Unit(Unit::It),
        "Viktor Halas",
        "A new password, in person",
        "Please come by with your badge, {{requester.first_name|colleague}}; we set a new password together. It takes two minutes. We never send one by mail, and nobody of us will ever ask you for yours.",
    )
    .and_does(wait),
    text(
        Of::Unit(Unit::It),
        "Zoe Kendrick",
        "It was the update",
        "It was last night's update, not you. It is taken back on your machine; please restart it once.",
    )
    .and_does(solve),
    text(
        Of::Unit(Unit::Hr),
        "Judith Amsel",
        "The first day, hour by hour",
        "This is how the first day goes:\n\n- **08:30** reception: badge, key, shoes\n- **09:00** IT: laptop and a password of one's own\n- **10:00** the unit: coffee first, then the desk\n- **15:00** half an hour with us, for everything nobody explained",
    ),
    text(
        Of::Unit(Unit::Hamburg),
        "Anke Petersen",
        "Seriennummer erfragen",
        "Guten Tag {{requester.name|}},\n\nbitte schicken Sie uns die Seriennummer. Sie steht auf dem silbernen Schild unten rechts und beginnt mit *EF*; ein Foto genügt.",
    )
    .and_does(wait),
    text(
        Of::Own,
        "Priya Nair",
        "Tea, and then valve 2",
        "Put the kettle on, {{requester.first_name|it helps}}. While it boils: close valve 2, wait five minutes, open it again slowly. If the pressure stays above 1.2, that was it.",
    ),
];

const SIGNATURES: &[(&str, &str)] = &[
    ("Priya Nair", "{{me.name}}\n{{unit|Emberfold}}, ticket {{number|of yours}}\nMonday to Friday, 8 to 18"),
    (
        "Callum Reid",
        "{{me.first_name|All of us}} from Emberfold\nNo heating at night? The Emergency Line answers at any hour.",
    ),
    ("Samir Aziz", "{{me.name}}, IT\nFirst floor, behind the plant that nobody waters"),
    ("Anke Petersen", "{{me.name}}\nEmberfold, Niederlassung Hamburg"),
];

pub(super) fn write(act: &mut Act, world: &World) -> Result<(), DeskError> {
    for text in TEXTS {
        let viewer = become_person(act, world, text.by)?;
        let owner = match text.of {
            Of::Everybody => Owner::Everybody,
            Of::Unit(unit) => Owner::Unit(world.units[&unit]),
            Of::Own => Owner::Person(viewer.person),
        };
        let input = macros::Input {
            name: text.name.to_owned(),
            reply: text.reply.to_owned(),
            note: text.note.to_owned(),
            actions: (text.does)(world),
            filter: text.filter.to_owned(),
        };
        macros::save(act, &viewer, owner, &input)?;
    }
    for (name, words) in SIGNATURES {
        let viewer = become_person(act, world, name)?;
        signature::save(act, &viewer, None, words)?;
    }
    Ok(())
}
