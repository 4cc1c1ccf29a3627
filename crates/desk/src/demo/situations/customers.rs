//! What private and business customers ask about in Britain.

use domain::priority::Level::{High, Low, Medium};
use domain::ticket::Kind::{Complaint, Compliment, Incident, Question, Request, Suggestion};

use super::{Path, Situation, situation};
use crate::demo::names::Language;
use crate::demo::offers::Offer;

pub(super) const ALL: &[Situation] = &[
    situation(
        Offer::Help,
        Incident,
        13,
        Path::Repair,
        &[
            "{model} shows error {error}",
            "Error {error} keeps coming back on our {model}",
            "{model}: {part} seems to be broken",
            "Loud rattling from the {model}, I think it is the {part}",
            "Our {model} stops after ten minutes",
        ],
        &[
            "Our {model} stopped twice this week with {error}. After a restart it runs for an hour or so, then the fan slows down and the house gets cold.\n\nWe have already:\n\n- switched it off at the breaker for ten minutes\n- checked that nothing covers the outdoor unit\n- looked at the filter (clean)",
            "Since {weekday} the outdoor unit makes a grinding noise when it starts. The installer looked at it and thinks the **{part}** is worn. It is still under warranty, order {order}.",
            "The display says {error} and the flow temperature never goes above 28 degrees. I took a video of the noise and can send it. What do you need from us to get the {part} repaired?",
            "The unit was serviced in spring and now the {part} has failed. Can your workshop take it in? We can live with the electric heater for a few days but not for weeks.",
        ],
    ),
    situation(
        Offer::Help,
        Incident,
        6,
        Path::RepairAndLoan,
        &[
            "{model} at {place} is down, tenants need heat",
            "Need a loan unit while the {model} is repaired",
            "{model} out of service at {place}",
        ],
        &[
            "The {model} in our building at {place} has been out since {weekday}. Twelve flats depend on it. We need a loan unit while you repair the {part}, otherwise we have to put people in a hotel.",
            "Third failure this year at {place}, always the {part}. Please take it to the workshop this time and lend us a unit until it is back. Purchase order {order}.",
        ],
    )
    .pressing(Medium, High),
    situation(
        Offer::Help,
        Request,
        9,
        Path::Shipping,
        &[
            "Spare {part} for {model}",
            "Where can I get a new {part}?",
            "Please send a {part}, warranty {order}",
            "Replacement {part} arrived damaged",
        ],
        &[
            "Our installer says we only need a new {part} for the {model}; he would fit it himself. Could you send one? It should still be covered (order {order}).",
            "The {part} you sent yesterday has a crack along the housing. The box was fine, so it must have been packed like this. Please send another one, I attach nothing because the photo is too large.",
            "I would like to order a {part} as a spare before the winter. Do you have it in stock, and what does it cost?",
        ],
    ),
    situation(
        Offer::Help,
        Question,
        10,
        Path::Answer,
        &[
            "How do I set the night mode on the {model}?",
            "Which antifreeze may I use with the {model}?",
            "Is it normal that the {model} steams when defrosting?",
            "Power consumption of the {model} seems high",
            "Can I paint the cover of the outdoor unit?",
        ],
        &[
            "The manual says to hold the left button, but on ours nothing happens. What am I doing wrong?",
            "My neighbour says one must never switch the unit off in summer. Is that true for the {model}?",
            "Every hour or so there is a lot of steam and then water runs down the wall. I only want to know whether that is normal before I worry.",
            "Our bill says 19 kWh on a day with 4 degrees outside. Is that in the usual range for a {model} in a house of 120 square metres?",
        ],
    )
    .pressing(Low, Low),
    situation(
        Offer::Help,
        Question,
        7,
        Path::Question,
        &[
            "The app does not find my {model}",
            "Warranty: what do you need from me?",
            "Hot water is only lukewarm",
            "Pressure in the {model} drops every few days",
        ],
        &[
            "Since the last update the app says *no device found*, although the {model} is online in the router. I reinstalled the app twice.",
            "I bought the house with a {model} in it and have no papers. Is there any warranty left, and what do you need from me to find out?",
            "Water in the shower reaches perhaps 38 degrees, it used to be much hotter. Nothing was changed, at least not by us.",
            "I have to refill every four days. No leak that I can see. Which readings should I send you?",
        ],
    ),
    situation(
        Offer::Help,
        Request,
        6,
        Path::Visit,
        &["Yearly service for our {model}", "Service visit before the heating season", "Please inspect the {part}"],
        &[
            "Our {model} is due for its yearly service. Mornings suit us best, and the gate code is needed (I tell the driver by phone).",
            "Could somebody look at the {part} when you are in {place} anyway? It works, but it whistles.",
            "We would like the service done before the cold weeks. Any day but {weekday}.",
        ],
    )
    .pressing(Low, Low),
    situation(
        Offer::Help,
        Request,
        2,
        Path::MisplacedBill,
        &["Invoice for {order} has the wrong address", "Please change the payer on {order}"],
        &[
            "I did not know where else to write: the invoice for order {order} still has our old address in {place}. The tax office will not take it like this.",
            "The amount of {amount} should go to our landlord and not to us. Can you change that?",
        ],
    ),
    situation(
        Offer::Help,
        Incident,
        4,
        Path::Repair,
        &["La {model} da el error {error}", "Ruido fuerte en la {model}", "Avería de la {part} en garantía"],
        &[
            "Desde el {weekday} la bomba de calor muestra el error {error} y no calienta. La hemos apagado y encendido varias veces. ¿Qué podemos hacer?",
            "El aparato hace un ruido muy fuerte por la noche y los vecinos se quejan. El instalador cree que es la pieza *{part}*. Pedido {order}.",
        ],
    )
    .written_in(Language::Spanish),
    situation(
        Offer::Help,
        Question,
        3,
        Path::Answer,
        &["¿Cómo se programa el modo noche?", "Consumo de la {model}"],
        &[
            "Hola, acabamos de mudarnos y la casa tiene una {model}. ¿Cómo se pone el modo noche? El manual solo está en inglés.",
            "¿Es normal que gaste 17 kWh al día con 6 grados fuera? La casa tiene unos 110 metros cuadrados.",
        ],
    )
    .pressing(Low, Low)
    .written_in(Language::Spanish),
    situation(
        Offer::Emergency,
        Incident,
        7,
        Path::Answer,
        &["No heating since tonight", "No hot water, small children in the house", "{model} off, error {error}, 5 degrees inside"],
        &[
            "The heating went off around an hour ago, display shows {error}. It is freezing outside and my mother is 84. Please call or write quickly.",
            "No hot water since this morning and two small children. The {model} hums but nothing happens. Is there a reset?",
            "Whole unit dead after a power cut. Breaker is in. What can I do until somebody comes?",
        ],
    )
    .pressing(High, High),
    situation(
        Offer::Emergency,
        Incident,
        4,
        Path::Repair,
        &["No heating at {place}, {part} failed", "{model} leaking water into the cellar", "Complete failure of the {model}, house is cold"],
        &[
            "Your colleague on the phone found that the {part} has failed. We have no heating at all at {place}; the rooms are down to 12 degrees.",
            "Water runs out below the {model} and into the cellar. I closed the valve, so there is no heating now. Please repair it as fast as you can.",
        ],
    )
    .pressing(High, High),
    situation(
        Offer::Orders,
        Incident,
        8,
        Path::Shipping,
        &["Delivery of {order} is late", "Where is my order {order}?", "Order {order}: only half of it arrived", "Wrong {part} delivered"],
        &[
            "The delivery was promised for {weekday}. I took a day off and nobody came. The tracking page has said *in preparation* for a week.",
            "We received the {model} but not the {part} that belongs to it. The fitter comes next week and cannot start without it.",
            "I ordered the {part} for the {model} and got one for an older type. Please send the right one and tell me how to return this.",
        ],
    ),
    situation(
        Offer::Orders,
        Question,
        7,
        Path::Answer,
        &["Which {model} for a house of 140 square metres?", "Quote for {place}", "Is there a discount for two units?", "Delivery time for the {model}"],
        &[
            "We are renovating a house from 1962 with new windows and old radiators. Would the {model} be enough, or do we need the larger one?",
            "Please send us a quote for two {model} with fitting at {place}. The budget meeting is on {weekday}.",
            "How long is the wait for a {model} at the moment? The neighbours waited four months.",
        ],
    )
    .pressing(Low, Low),
    situation(
        Offer::Orders,
        Request,
        3,
        Path::Visit,
        &["Change the delivery date of {order}", "Delivery of {order} only after the floor is dry"],
        &[
            "Our floor needs another two weeks to dry, so please deliver {order} later. Which days can you offer?",
            "Could the {model} come after the scaffolding is gone? We would rather agree on a fixed day.",
        ],
    )
    .pressing(Low, Low),
    situation(
        Offer::Billing,
        Incident,
        6,
        Path::Credit,
        &["Invoice for {order} is wrong", "Charged twice: {amount}", "Refund for the returned {part}", "Credit note for {order} is missing"],
        &[
            "You charged {amount} twice for order {order}, on {weekday} and again two days later. Please pay one of them back.",
            "The invoice lists a service visit that never took place. Please correct it; I pay the rest at once.",
            "We returned the {part} three weeks ago and have not seen the money ({amount}).",
        ],
    ),
    situation(
        Offer::Billing,
        Question,
        4,
        Path::Question,
        &["Can I pay {order} in instalments?", "Which bank details are right?", "Reminder for an invoice I have paid"],
        &[
            "I got a reminder for {amount} although I paid it on {weekday}. Can you see the payment?",
            "Is it possible to pay {amount} in three parts? The grant is only paid out in spring.",
        ],
    ),
    situation(
        Offer::Complaints,
        Complaint,
        3,
        Path::Claim,
        &["Complaint: four weeks without a repair", "Nobody calls back about {order}", "The fitter damaged our wall at {place}"],
        &[
            "This is a formal complaint. I reported the broken {part} weeks ago, I was promised a repair within ten days, and I still sit in a cold house. I expect a date, and {amount} for the electric heaters.",
            "I called five times about {order}. Each time somebody else answers and promises to call back. Nobody ever does. Who is responsible?",
            "When your people carried the {model} in, they broke a piece out of our front wall. I want to know how you will make this good.",
        ],
    )
    .pressing(Medium, Medium),
    situation(
        Offer::Help,
        Compliment,
        2,
        Path::Answer,
        &["Thank you", "Very content with the repair", "Please thank the driver"],
        &[
            "I only want to say thank you. The colleague who came to {place} explained everything and even took the old {part} with her.",
            "The {model} has been running quietly since the repair. It took long, but it was done well.",
        ],
    )
    .pressing(Low, Low),
    situation(
        Offer::Help,
        Suggestion,
        1,
        Path::Answer,
        &["A larger display would help", "Idea: say in the app when the filter is due"],
        &[
            "I am 79 and cannot read the display without my glasses. A larger one would help many of us.",
            "The app knows how long the filter has been in. It could simply tell me when to change it.",
        ],
    )
    .pressing(Low, Low),
];
