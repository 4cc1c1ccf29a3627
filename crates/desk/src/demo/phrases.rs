//! Sentences of agents and requesters, and what is filled into their places.

use super::chance::Chance;
use super::names::Language;
use super::offers::Offer;

/// What differs from ticket to ticket in the same sentence.
#[derive(Clone, Debug)]
pub(super) struct Details {
    language: Language,
    pub model: &'static str,
    part: usize,
    order: String,
    error: &'static str,
    place: &'static str,
    weekday: usize,
    amount: String,
}

pub(super) const MODELS: &[&str] =
    &["Ember 6", "Ember 9", "Ember 12", "Ember 16 Duo", "Fold Mini", "Fold Cellar", "Tarn 200", "Tarn 300"];
const ERRORS: &[&str] = &["E02", "E07", "E11", "E14", "E19", "F3", "F8", "H05"];

/// Each part in English, German, French, Spanish, Turkish.
const PARTS: &[[&str; 5]] = &[
    ["fan motor", "Lüftermotor-Einheit", "moteur de ventilateur", "motor del ventilador", "fan motoru"],
    [
        "circulation pump",
        "Umwälzpumpe",
        "pompe de circulation",
        "bomba de circulación",
        "sirkülasyon pompası",
    ],
    ["defrost sensor", "Abtausonde", "sonde de dégivrage", "sonda de descongelación", "buz çözme sensörü"],
    [
        "expansion valve",
        "Expansionsventil-Gruppe",
        "vanne de détente",
        "válvula de expansión",
        "genleşme valfi",
    ],
    ["control board", "Steuerplatine", "carte de commande", "placa de control", "kontrol kartı"],
    ["compressor", "Kompressoreinheit", "tête de compresseur", "cabeza del compresor", "kompresör"],
    ["flow sensor", "Durchflusssonde", "sonde de débit", "sonda de caudal", "akış sensörü"],
    ["three-way valve", "Umschaltgruppe", "vanne à trois voies", "válvula de tres vías", "üç yollu vana"],
    ["display unit", "Anzeigeeinheit", "carte d'affichage", "pantalla", "ekran ünitesi"],
    ["condensate tray", "Kondensatwanne", "cuve à condensats", "bandeja de condensados", "yoğuşma tavası"],
];

const WEEKDAYS: &[[&str; 5]] = &[
    ["Monday", "Montag", "lundi", "lunes", "pazartesi"],
    ["Tuesday", "Dienstag", "mardi", "martes", "salı"],
    ["Wednesday", "Mittwoch", "mercredi", "miércoles", "çarşamba"],
    ["Thursday", "Donnerstag", "jeudi", "jueves", "perşembe"],
    ["Friday", "Freitag", "vendredi", "viernes", "cuma"],
];

/// Towns that are not on any map.
const PLACES: &[&str] = &[
    "Brackwater",
    "Fennmoor",
    "Ashby Heath",
    "Colder Mill",
    "Netherwick",
    "Saltmarsh Row",
    "Upper Tarrow",
    "Millgate",
    "Quarry Lane",
    "Wendover End",
    "Holmsand",
    "Lower Pike",
];

impl Details {
    pub(super) fn draw(language: Language, chance: &mut Chance) -> Self {
        Self {
            language,
            model: *chance.pick(MODELS),
            part: chance.below(PARTS.len()),
            order: format!("EF-{}", chance.between(20_411, 38_960)),
            error: *chance.pick(ERRORS),
            place: *chance.pick(PLACES),
            weekday: chance.below(WEEKDAYS.len()),
            amount: format!("£{}.{:02}", chance.between(38, 2_940), chance.below(20) * 5),
        }
    }

    /// The same matter, told in the language that units speak with each other.
    pub(super) fn inside(&self) -> Self {
        Self { language: Language::English, ..self.clone() }
    }

    pub(super) fn fill(&self, text: &str) -> String {
        let word = self.language as usize;
        text.replace("{model}", self.model)
            .replace("{part}", PARTS[self.part][word])
            .replace("{order}", &self.order)
            .replace("{error}", self.error)
            .replace("{place}", self.place)
            .replace("{weekday}", WEEKDAYS[self.weekday][word])
            .replace("{amount}", &self.amount)
    }

    /// A sentence with its places filled and its first letter large.
    pub(super) fn sentence(&self, text: &str) -> String {
        let filled = self.fill(text);
        let mut letters = filled.chars();
        let first = letters.next().map(char::to_uppercase);
        first.into_iter().flatten().chain(letters).collect()
    }

    /// A text by somebody, with their name below it.
    pub(super) fn letter(&self, text: &str, given: &str, chance: &mut Chance) -> String {
        let (greetings, endings) = manners(self.language);
        let greeting = *chance.pick(greetings);
        let ending = *chance.pick(endings);
        let text = self.fill(text);
        let opened = text.split(['.', ',', '!']).next().unwrap_or("");
        let greets = ["Guten Tag", "Bonjour", "Hola", "Merhaba"].contains(&opened) || greeting.is_empty();
        let start = if greets { String::new() } else { format!("{greeting}\n\n") };
        format!("{start}{text}\n\n{ending}\n{given}")
    }
}

const fn manners(language: Language) -> (&'static [&'static str], &'static [&'static str]) {
    match language {
        Language::English => (
            &["Hello,", "Hi there,", "Good morning,", "Dear all,", ""],
            &["Kind regards", "Many thanks", "Thank you", "Best wishes", "Regards"],
        ),
        Language::German => (
            &["Guten Tag,", "Hallo,", "Sehr geehrte Damen und Herren,", "Moin,"],
            &["Mit freundlichen Grüßen", "Viele Grüße", "Danke und Gruß"],
        ),
        Language::French => {
            (&["Bonjour,", "Bonjour à tous,"], &["Cordialement", "Merci d'avance", "Bien à vous"])
        }
        Language::Spanish => (
            &["Hola,", "Buenos días,", "Buenas tardes,"],
            &["Un saludo", "Muchas gracias", "Saludos cordiales"],
        ),
        Language::Turkish => (&["Merhaba,", "İyi günler,"], &["Saygılarımla", "Teşekkürler", "Kolay gelsin"]),
    }
}

/// What an agent says at this point, in the requester's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Received,
    /// The same where no heat pump is on the table.
    Acknowledged,
    Asked,
    Answered,
    AskedAboutMachine,
    AnsweredAboutMachine,
    AskedAboutPerson,
    AnsweredAboutPerson,
    AskedAboutMoney,
    AnsweredAboutMoney,
    StillWaiting,
    Repaired,
    Sent,
    PaidBack,
    DayAgreed,
    Visited,
    AnsweredQuestion,
    Chased,
    Reopened,
    DoneAfterAll,
}

/// The sentence that fits the service: only some of them are about a heat pump.
pub(super) const fn fitting(said: Said, offer: Offer) -> Said {
    match (said, offer) {
        (Said::Received, Offer::Orders | Offer::Billing | Offer::Suppliers | Offer::Complaints) => {
            Said::Acknowledged
        }
        (Said::Asked, Offer::ItHelp) => Said::AskedAboutMachine,
        (Said::Answered, Offer::ItHelp) => Said::AnsweredAboutMachine,
        (Said::Asked, Offer::Personnel) => Said::AskedAboutPerson,
        (Said::Answered, Offer::Personnel) => Said::AnsweredAboutPerson,
        (Said::Asked, Offer::Billing) => Said::AskedAboutMoney,
        (Said::Answered, Offer::Billing) => Said::AnsweredAboutMoney,
        (said, _) => said,
    }
}

pub(super) fn said(said: Said, language: Language) -> &'static [&'static str] {
    match language {
        Language::English => english(said),
        Language::German => super::phrases_abroad::german(said),
        Language::French => super::phrases_abroad::french(said),
        Language::Spanish => super::phrases_abroad::spanish(said),
        Language::Turkish => super::phrases_abroad::turkish(said),
    }
}

#[expect(clippy::too_many_lines, reason = "a table of sentences")]
const fn english(said: Said) -> &'static [&'static str] {
    match said {
        Said::Received => &[
            "Thank you for writing. I have your {model} in front of me now and will get back to you today.",
            "Thanks, that is a clear description. I am passing the technical part on and stay your contact for the rest.",
            "I am sorry that you have this trouble. I have looked up {order} and will sort it out with the colleagues who can help.",
        ],
        Said::Acknowledged => &[
            "Thank you for writing. I have the papers in front of me and will get back to you today.",
            "I am sorry about this. I have looked up {order} and will sort it out with the colleagues who can help.",
            "Thanks, that is clear. I am asking the colleagues and stay your contact.",
        ],
        Said::AskedAboutMachine => &[
            "Could you send me the number on the sticker below, and a time when I may look at it from here?",
        ],
        Said::AnsweredAboutMachine => &[
            "It is **0417**. Any time after three is fine.",
            "Sticker says **0983**. You may look now, I am at lunch.",
        ],
        Said::AskedAboutPerson => &[
            "From which date would it be, and has your lead heard of it yet? Write only as much as you like, we can also talk.",
        ],
        Said::AnsweredAboutPerson => {
            &["From the first of next month. She knows and agrees.", "I would rather talk. Tomorrow at nine?"]
        }
        Said::AskedAboutMoney => &[
            "Could you tell me the day of your payment and the last four digits of the account it came from?",
        ],
        Said::AnsweredAboutMoney => &[
            "It was on the 3rd, from the account ending in **4471**.",
            "On {weekday}, and the account ends in **0926**. It is in my wife's name.",
        ],
        Said::Asked => &[
            "Could you send me the serial number? It is on the silver plate, bottom right, and begins with *EF*.",
            "One question before I go on: which reading does the pressure gauge show in the morning, before the heating starts?",
            "To find the right answer I need two things:\n\n1. a photo of the display\n2. the date on your invoice",
        ],
        Said::Answered => &[
            "It is **EF-77310-B**. The plate is a bit rusty but I think that is a B.",
            "Here you are: 1.1 in the morning, 1.6 when it runs. I hope that helps.",
            "The invoice is from 14 March. The photo is taken with an old phone, I am afraid.",
        ],
        Said::AnsweredQuestion => &[
            "Yes, that is normal. Press and hold **Mode** for five seconds, choose *Night*, confirm with **OK**. You will find it on page 23 of the manual as well.",
            "No need to worry: in cold and damp weather it defrosts about once an hour, and the water has to go somewhere. A gravel bed below helps.",
            "I checked with a technician. Your figures are within the usual range; lowering the flow temperature by two degrees saves about five per cent.",
            "Done. Please log out and in again, and tell me if anything is still missing.",
        ],
        Said::StillWaiting => &[
            "I have just asked again: your unit is in the queue of the workshop and is expected on the bench this week. I know that this is slow.",
            "Nothing new yet, I am sorry. The moment I hear something, you will.",
            "The part has left the supplier. I cannot promise a day, but it is moving.",
        ],
        Said::Repaired => &[
            "Good news: the {part} has been replaced, and your {model} held 35 degrees over a whole night on the test bench. The driver will call you before {weekday}.",
            "The workshop found a broken solder joint on the {part}. It is repaired, tested and on its way back. There is nothing to pay.",
            "Your {model} is repaired. The technician also changed a seal that would not have lasted the winter. You will get it back on {weekday}.",
        ],
        Said::Sent => &[
            "The {part} left our warehouse today and should reach you by {weekday}. Keep the old one for the driver, please.",
            "It is packed and handed over; the tracking number follows by text message. Sorry for the wait.",
            "I had the parcel checked twice this time. It comes on {weekday}, before noon.",
        ],
        Said::PaidBack => &[
            "You are right. We have corrected the invoice and paid {amount} back today; it takes three working days to arrive.",
            "Finance has compared both documents: the second charge was ours to pay. The credit note is attached to your account.",
        ],
        Said::DayAgreed => &[
            "Would {weekday} next week suit you, between 8 and 11? If I hear nothing else, our colleague will be there.",
            "As we said on the phone: we come on {weekday}. Please clear the space around the outdoor unit.",
        ],
        Said::Visited => &[
            "The visit is done. All values are as they should be, and the report is in your account. See you next year.",
            "Our colleague was with you this morning and cleaned the heat exchanger. The noise should be gone.",
        ],
        Said::Chased => &[
            "Any news? It has been several days and I have heard nothing.",
            "I do not want to be a nuisance, but nights are getting cold. When can we expect something?",
            "Just checking whether this has been forgotten.",
            "Is there a date yet? I have to plan with the fitter.",
        ],
        Said::Reopened => &[
            "I am afraid it is not solved: the same thing happened again last night.",
            "Thank you, but only half of it is done. Please have another look.",
            "It worked for two days. Now we are back where we were.",
        ],
        Said::DoneAfterAll => &[
            "Thank you for telling us. A connector had come loose; it is fixed now and we have tested it twice.",
            "You were right, one step had been left out. It is done now, and I have checked it myself.",
        ],
    }
}
