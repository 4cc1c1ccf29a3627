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
            "Please send a {part}, warranty {order}",
            "Replacement {part} arrived damaged",
            "Spare {part} for {model}",
            "Where can I get a new {part}?",
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
            "The level in the circuit is low and the installer left no can behind. Which kind may I fill in, and may I mix two kinds?",
            "Every hour or so there is a lot of steam and then water runs down the wall. I only want to know whether that is normal before I worry.",
            "Our bill says 19 kWh on a day with 4 degrees outside. Is that in the usual range for a {model} in a house of 120 square metres?",
            "The grey does not go with our hedge at all. May I paint the cover green, or does that harm anything?",
        ],
    )
    .answered(&[
            "It is the **Mode** button on the right: hold it for five seconds, choose *Night*, confirm with **OK**. The picture in the manual shows the old display, I am sorry.",
            "Only propylene glycol, at most 30 per cent, and please never mix two kinds. Two litres are enough for your circuit.",
            "No need to worry: in cold and damp weather it defrosts about once an hour, and the water has to go somewhere. A gravel bed below helps.",
            "Yes, that is in the usual range for that house and weather. Lowering the flow temperature by two degrees saves about five per cent.",
            "You may paint the cover, with any outdoor colour that is not too dark. Please keep the grille and the plate with the serial number free.",
        ])
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
    )
    .answered(&[
            "Found it: the update asks once more for access to the local network. Allow it under *Settings, Privacy*, and the {model} appears at once.",
            "The warranty moves with the house. Yours runs for another 19 months; I have put it into your name.",
            "The hot water was set to economy after the last power cut. Set it to *50* under **Hot water**, and it will be as before within an hour.",
            "From your figures it is the expansion vessel, which has lost its air. Your installer can fill it in ten minutes; if it is empty again after a month, we replace it.",
        ]),
    situation(
        Offer::Help,
        Request,
        6,
        Path::Visit,
        &[
            "Yearly service for our {model}",
            "Please inspect the {part}",
            "Service visit before the heating season",
        ],
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
    )
    .answered(&[
            "The invoice is written anew with the right address; you find it in your account. The old one is void.",
            "The payer is changed and your landlord has been written to. You owe nothing.",
        ]),
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
    .answered(&[
            "Mantenga pulsado **Modo** cinco segundos, elija *Noche* y confirme con **OK**. Le he enviado el manual en español.",
            "Sí, sus valores están dentro de lo habitual. Si baja dos grados la temperatura de ida, ahorrará alrededor de un cinco por ciento.",
        ])
    .pressing(Low, Low)
    .written_in(Language::Spanish),
    situation(
        Offer::Emergency,
        Incident,
        7,
        Path::Answer,
        &[
            "No heating since tonight",
            "No hot water, small children in the house",
            "{model} dead after a power cut",
        ],
        &[
            "The heating went off around an hour ago, display shows {error}. It is freezing outside and my mother is 84. Please call or write quickly.",
            "No hot water since this morning and two small children. The {model} hums but nothing happens. Is there a reset?",
            "Whole unit dead after a power cut. Breaker is in. What can I do until somebody comes?",
        ],
    )
    .answered(&[
            "As we tried together on the phone: valve 2 open, red button for ten seconds. It has been running for an hour now at 34 degrees. Call again at any time.",
            "The lever on the left had been moved to *Holiday*. Water is at 48 degrees again, and the children may bathe.",
            "The small fuse inside the door had blown. With the new one from the bag behind the cover it runs; please have the line checked by an electrician all the same.",
        ])
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
        &[
            "Delivery of {order} is late",
            "Order {order}: only half of it arrived",
            "Wrong {part} delivered",
            "Where is my order {order}?",
        ],
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
        &[
            "Which {model} for a house of 140 square metres?",
            "Quote for {place}",
            "Delivery time for the {model}",
            "Is there a discount for two units?",
        ],
        &[
            "We are renovating a house from 1962 with new windows and old radiators. Would the {model} be enough, or do we need the larger one?",
            "Please send us a quote for two {model} with fitting at {place}. The budget meeting is on {weekday}.",
            "How long is the wait for a {model} at the moment? The neighbours waited four months.",
            "We would take two {model} at once, one for us and one for my parents next door. Does that change the price?",
        ],
    )
    .answered(&[
            "With new windows the {model} is enough down to minus 8; below that the heater helps for a few hours a year. I have put the calculation into your account.",
            "The quote over two units with fitting is in your account, valid for 60 days. The second page is meant for your meeting.",
            "Five to six weeks at the moment, fitting included. A deposit of a tenth keeps your place.",
            "Yes: eight per cent on the second one when both are fitted in the same week. I have written it into the quote.",
        ])
    .pressing(Low, Low),
    situation(
        Offer::Orders,
        Request,
        3,
        Path::Visit,
        &[
            "Delivery of {order} only after the floor is dry",
            "Change the delivery date of {order}",
        ],
        &[
            "Our floor needs another two weeks to dry, so please deliver {order} later. Which days can you offer?",
            "Could the {model} come after the scaffolding is gone? We would rather agree on a fixed day.",
        ],
    )
    .answered(&[
            "Delivered this morning as agreed, and carried in. Enjoy the dry floor.",
            "It stands where it belongs since eight o'clock. Thank you for being there.",
        ])
    .pressing(Low, Low),
    situation(
        Offer::Billing,
        Incident,
        6,
        Path::Credit,
        &[
            "Charged twice: {amount}",
            "Invoice for {order} is wrong",
            "Refund for the returned {part}",
        ],
        &[
            "You charged {amount} twice for order {order}, on {weekday} and again two days later. Please pay one of them back.",
            "The invoice lists a service visit that never took place. Please correct it; I pay the rest at once.",
            "We returned the {part} three weeks ago and have not seen the money ({amount}).",
        ],
    )
    .answered(&[
            "You are right: the second charge was ours. {amount} goes back to you today and takes three working days.",
            "The visit has been taken off and a new invoice is in your account. Please pay that one only.",
            "The return had been booked to the wrong order. {amount} was paid back today, with our apologies.",
        ]),
    situation(
        Offer::Billing,
        Question,
        4,
        Path::Question,
        &[
            "Reminder for an invoice I have paid",
            "Can I pay {order} in instalments?",
        ],
        &[
            "I got a reminder for {amount} although I paid it on {weekday}. Can you see the payment?",
            "Is it possible to pay {amount} in three parts? The grant is only paid out in spring.",
        ],
    )
    .answered(&[
            "Your payment was there all the time, under another name. The reminder is cancelled; I am sorry for the fright.",
            "Three parts are fine, without interest: now, in January and in April. The plan is in your account.",
        ]),
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
        &[
            "Thank you",
            "Very content with the repair",
        ],
        &[
            "I only want to say thank you. The colleague who came to {place} explained everything and even took the old {part} with her.",
            "The {model} has been running quietly since the repair. It took long, but it was done well.",
        ],
    )
    .answered(&[
            "Thank you! I read your lines aloud in the morning round, and she blushed.",
            "Thank you for taking the time to write. The workshop has pinned it to the wall.",
        ])
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
    .answered(&[
            "Thank you, you are not the first one to say so. It is on the list for the next model; until then the app has a large view.",
            "A good idea, and it is simple. I have passed it on to the people who build the app.",
        ])
    .pressing(Low, Low),
    situation(
        Offer::Billing,
        Request,
        1,
        Path::MisplacedOrder,
        &["Can I still change order {order}?", "Cancel the second unit of {order}"],
        &[
            "The invoice reminded me: we would rather have the larger model. Is there still time to change order {order}?",
            "We only need one unit after all. Please take the second one off and send a new invoice.",
        ],
    )
    .answered(&[
        "Changed in time: it had not been picked yet. The difference is on the new invoice.",
        "The second unit is taken off; the new invoice replaces the old one.",
    ]),
];
