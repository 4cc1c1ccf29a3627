//! What employees, suppliers and shareholders ask about.

use domain::priority::Level::{High, Low, Medium};
use domain::ticket::Kind::{Incident, Question, Request};

use super::{Path, Situation, situation};
use crate::demo::offers::Offer;

pub(super) const ALL: &[Situation] = &[
    situation(
        Offer::ItHelp,
        Request,
        6,
        Path::Answer,
        &["Access to the parts catalogue", "Please reset my password", "Need rights for the folder {place}", "New phone, second factor is gone"],
        &[
            "I moved to the early shift and need the parts catalogue now. My lead knows.",
            "Changed my phone on {weekday} and the codes are gone. I can log in to nothing but the canteen menu.",
            "Could I get read access to the shared folder for {place}? I have to look up two delivery notes.",
        ],
    ),
    situation(
        Offer::ItHelp,
        Incident,
        5,
        Path::Question,
        &["Printer on the second floor prints grey pages", "Laptop is very slow since the update", "Calendar shows meetings an hour late", "Scanner in hall 2 loses its connection"],
        &[
            "Every page has a grey band on the left. Cartridge is new. Half of Finance stands here with me.",
            "Since {weekday} it takes five minutes until I can type anything.",
            "All appointments with Hamburg are shown one hour late, only on my machine.",
        ],
    )
    .pressing(Medium, Medium),
    situation(
        Offer::ItHelp,
        Request,
        2,
        Path::Supplier,
        &["Second screen for the desk by the window", "Headset for the phone shift"],
        &["Could I have a second screen? I compare orders with delivery notes all day and have to switch windows each time."],
    )
    .pressing(Low, Low),
    situation(
        Offer::Personnel,
        Request,
        4,
        Path::Answer,
        &["Sick note from {weekday}", "Holiday days left over from last year", "Certificate of employment", "Change of bank account"],
        &[
            "Please find my sick note from {weekday} on; the doctor thinks until the end of next week. I will phone on Friday.",
            "The system shows four days fewer than I have counted. Could you check before I book anything?",
            "The bank wants a paper that says how long I have worked here. Who writes that?",
        ],
    )
    .pressing(Low, Medium),
    situation(
        Offer::Personnel,
        Question,
        2,
        Path::Question,
        &["Parental leave from spring", "Fewer hours for a while", "A conversation I would like to have in confidence"],
        &[
            "We are expecting a child in spring. I would like to take four months and then work three days a week. What has to be decided by when?",
            "My father needs care and I would like to work mornings only for half a year. Is that possible without losing my shift?",
            "There is something in my group that I do not want to discuss by mail. Could I come by this week?",
        ],
    ),
    situation(
        Offer::Joining,
        Request,
        2,
        Path::Joining,
        &["New colleague in {place} from the first of next month", "Apprentice starts on {weekday}"],
        &[
            "A new colleague starts with us next month. She needs:\n\n1. a desk and a key\n2. a laptop with the parts catalogue\n3. safety shoes, size 39",
            "Our apprentice comes two weeks earlier than planned. Please prepare everything, the contract is signed.",
        ],
    ),
    situation(
        Offer::Buildings,
        Incident,
        4,
        Path::Answer,
        &["Light in the stairwell flickers", "Van 4 has a flat tyre", "It is cold in meeting room {place}", "Door of hall 2 does not close"],
        &[
            "The light on the stairs to the canteen flickers since {weekday}. Somebody will fall.",
            "Van 4 stands in the yard with a flat rear tyre, and it is booked for tomorrow at seven.",
            "We make heat pumps and sit here in our coats. Could somebody look at the valve?",
        ],
    ),
    situation(
        Offer::Buildings,
        Request,
        2,
        Path::Supplier,
        &["Shelf for the returns corner", "New lock for the tool cage"],
        &["The returns corner has turned into a heap. Two metres of shelf would do, with labels if possible."],
    )
    .pressing(Low, Low),
    situation(
        Offer::Help,
        Incident,
        1,
        Path::Repair,
        &["My own {model} at home shows {error}", "Staff purchase: {part} is broken"],
        &["I write as a customer this time: the {model} I bought with the staff price stops with {error}. Please treat it like anybody's."],
    ),
    situation(
        Offer::Suppliers,
        Question,
        3,
        Path::Answer,
        &["Order {order}: new delivery date", "Drawing of the {part} is unclear", "Pallets to be collected"],
        &[
            "The foundry is late, so the {part} from order {order} will leave us on {weekday} only. Can you live with that?",
            "Sheet 3 of the drawing gives two different diameters. Which one is right?",
            "There are eleven empty pallets of ours in your yard. When may our driver collect them?",
        ],
    ),
    situation(
        Offer::Suppliers,
        Incident,
        2,
        Path::Credit,
        &["Our invoice over {amount} is overdue", "Short payment on order {order}"],
        &[
            "Our invoice over {amount} has been open for 52 days. We value the work with you, but our own people have to be paid as well.",
            "Your payment for {order} is short of what we agreed. Could somebody compare the two documents?",
        ],
    )
    .pressing(Medium, High),
    situation(
        Offer::Shareholders,
        Question,
        2,
        Path::Answer,
        &["Date of the general meeting", "Change of address in the register", "Question about the half-year report"],
        &[
            "I moved to {place} and would like the invitation to reach me there.",
            "Page 14 of the half-year report says that repairs take longer than last year. What is being done about it?",
        ],
    )
    .pressing(Low, Low),
];
