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
        &[
            "Access to the parts catalogue",
            "New phone, second factor is gone",
            "Need rights for the folder {place}",
            "Please reset my password",
        ],
        &[
            "I moved to the early shift and need the parts catalogue now. My lead knows.",
            "Changed my phone on {weekday} and the codes are gone. I can log in to nothing but the canteen menu.",
            "Could I get read access to the shared folder for {place}? I have to look up two delivery notes.",
            "Three weeks of holiday and it is gone from my head. Could you reset it? I sit in hall 2.",
        ],
    )
    .answered(&[
            "Done. Please log out and in again, and tell me if anything is missing.",
            "The old phone is taken off. Come by with the new one, it takes two minutes.",
            "You can read it now, until the end of the month. Say so if you need it for longer.",
            "Reset. The first password is with your lead, in an envelope; you choose your own after it.",
        ]),
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
            "The scanner in hall 2 loses its connection at the far end of row 14. We walk back each time.",
        ],
    )
    .answered(&[
            "The roller was dirty, not the cartridge. Cleaned, twenty pages printed, all white.",
            "An old program started twice and fought with itself. Removed; you should be typing within half a minute now.",
            "Your machine thought that it stood in another country. Set right, the meetings moved by themselves.",
            "A second antenna hangs above row 12 since this morning. I walked to the end of 14 and back, and it stayed connected.",
        ])
    .pressing(Medium, Medium),
    situation(
        Offer::ItHelp,
        Request,
        2,
        Path::Supplier,
        &["Second screen for the desk by the window", "Headset for the phone shift"],
        &[
            "Could I have a second screen? I compare orders with delivery notes all day and have to switch windows each time.",
            "The headset of the late shift is held together with tape. Could we get two new ones?",
        ],
    )
    .answered(&[
            "The screen is here and stands on your desk. The old cable fits.",
            "Two headsets came today and lie in the drawer of the phone desk.",
        ])
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
            "I changed my bank. The new number is in the form on your shelf, signed; please use it from this month on.",
        ],
    )
    .answered(&[
            "Thank you, noted. Get well, and do not answer mails meanwhile.",
            "You were right: four days from the move between shifts had been lost. They are back.",
            "I do. It lies at the reception for you, signed.",
            "Changed in time for this month. I have shredded the form.",
        ])
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
    )
    .answered(&[
            "All of it is possible. We have put the dates down together; the paper for signing is in your post box.",
            "Mornings for half a year are agreed with your lead, and your shift is kept for you.",
            "Thank you for coming. It stays between us; the two steps we agreed on are under way.",
        ]),
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
            "The door of hall 2 stops a hand's width above the floor, and the wind comes in.",
        ],
    )
    .answered(&[
            "New starter, new tube. It is bright enough to read there now.",
            "Tyre changed, pressure checked on all four. The key hangs in its place.",
            "The valve was stuck. I loosened it and turned down the one in the empty room next door.",
            "A pallet had bent the rail. Straightened and greased; it closes.",
        ]),
    situation(
        Offer::Buildings,
        Request,
        2,
        Path::Supplier,
        &["Shelf for the returns corner", "New lock for the tool cage"],
        &[
            "The returns corner has turned into a heap. Two metres of shelf would do, with labels if possible.",
            "The lock of the tool cage opens with any key, mine from home included.",
        ],
    )
    .answered(&[
            "The shelf stands, with labels. The heap is your part.",
            "New lock, five keys, each with a number. Please sign for yours.",
        ])
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
    )
    .answered(&[
            "We can live with that for one week, not for two. I have moved our order accordingly.",
            "The larger one is right; a corrected drawing is in your account.",
            "{weekday} before noon, gate 3. Please tell the driver to ask for Stefan.",
        ]),
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
    .answered(&[
            "It had been waiting for a signature. {amount} was paid today, with our apologies.",
            "The difference was a discount that ended in spring. We have paid the rest.",
        ])
    .pressing(Medium, High),
    situation(
        Offer::Shareholders,
        Question,
        2,
        Path::Answer,
        &[
            "Change of address in the register",
            "Question about the half-year report",
            "Date of the general meeting",
        ],
        &[
            "I moved to {place} and would like the invitation to reach me there.",
            "Page 14 of the half-year report says that repairs take longer than last year. What is being done about it?",
            "Has the date of the general meeting been set? I have to arrange for somebody to feed the goats.",
        ],
    )
    .answered(&[
            "The register has your new address, and so has the printer of the invitations.",
            "Repairs wait for the workshop, as we measure every week. A second bench opens in January; the report in spring will show whether it helped.",
            "It takes place on the second Thursday in May, at eleven. The invitation follows six weeks before.",
        ])
    .pressing(Low, Low),
];
