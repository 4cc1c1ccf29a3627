//! What customers ask the branches in Hamburg and Toronto, mostly in their own language.

use domain::priority::Level::{High, Low, Medium};
use domain::ticket::Kind::{Incident, Question, Request};

use super::{Path, Situation, situation};
use crate::demo::names::Language;
use crate::demo::offers::Offer;

pub(super) const ALL: &[Situation] = &[
    situation(
        Offer::Germany,
        Incident,
        5,
        Path::Repair,
        &["{model} meldet Fehler {error}", "Wärmepumpe laut, vermutlich {part}", "{model} heizt nicht mehr richtig", "Garantiefall: {part} defekt"],
        &[
            "Seit {weekday} bleibt unsere {model} mit {error} stehen. Nach dem Neustart läuft sie eine Stunde, dann dasselbe Spiel. Was sollen wir tun?",
            "Der Installateur meint, es sei die {part}. Das Gerät ist noch in der Garantie (Auftrag {order}). Wie lange dauert eine Reparatur bei Ihnen?",
            "Das Außengerät brummt so laut, dass sich die Nachbarn beschweren. Aufgestellt wurde es in {place}.\n\n- Filter ist sauber\n- Schrauben sind fest\n- nachts ist es am schlimmsten",
        ],
    )
    .pressing(Medium, Medium)
    .written_in(Language::German),
    situation(
        Offer::Germany,
        Request,
        4,
        Path::Shipping,
        &["Lieferung {order} ist überfällig", "Ersatzteil {part} für {model}", "Falsches Teil geliefert"],
        &[
            "Die Lieferung war für {weekday} zugesagt, gekommen ist nichts. Bitte sagen Sie uns, wo die Ware ist.",
            "Wir brauchen eine neue {part} für die {model}. Haben Sie das Teil auf Lager?",
            "Im Karton lag ein Teil für ein älteres Modell. Bitte schicken Sie das richtige, Auftrag {order}.",
        ],
    )
    .written_in(Language::German),
    situation(
        Offer::Germany,
        Question,
        4,
        Path::Answer,
        &["Frage zur Förderung", "Wie stelle ich die Heizkurve ein?", "Stromverbrauch im Oktober"],
        &[
            "Guten Tag, für den Förderantrag brauche ich eine Bescheinigung zur {model}. Bekomme ich die von Ihnen?",
            "Bei uns ist es morgens zu kalt und abends zu warm. An welcher Stelle ändere ich die Heizkurve?",
            "Im Oktober hat die {model} 410 kWh gebraucht, im Jahr davor 330. Ist das noch normal?",
        ],
    )
    .answered(&[
            "Die Bescheinigung liegt jetzt in Ihrem Konto. Für den Antrag reicht die erste Seite.",
            "Halten Sie **Modus** fünf Sekunden lang gedrückt, dann finden Sie die Einstellung unter *Heizkurve*. Gehen Sie in kleinen Schritten, einen am Tag.",
            "Der Oktober war drei Grad kälter als im Jahr davor; damit liegen Sie genau da, wo man es erwartet.",
        ])
    .pressing(Low, Low)
    .written_in(Language::German),
    situation(
        Offer::Germany,
        Request,
        2,
        Path::Visit,
        &["Wartungstermin für {model}", "Termin in {place} vereinbaren"],
        &["Wir möchten die jährliche Wartung machen lassen. Am besten passt es uns vormittags, nur nicht am {weekday}."],
    )
    .pressing(Low, Low)
    .written_in(Language::German),
    situation(
        Offer::Germany,
        Incident,
        2,
        Path::Repair,
        &["Isı pompası {error} hatası veriyor", "{model} çok gürültülü çalışıyor"],
        &[
            "Merhaba, {weekday} gününden beri cihaz {error} hatası veriyor ve ev ısınmıyor. Kapatıp açtık, değişen bir şey olmadı. Ne yapmalıyız?",
            "Dış ünite gece çok gürültülü çalışıyor, komşular şikâyet ediyor. Sipariş numaramız {order}. Tamir ne kadar sürer?",
        ],
    )
    .written_in(Language::Turkish),
    situation(
        Offer::Germany,
        Question,
        1,
        Path::Question,
        &["Garanti hakkında bir soru", "Uygulama cihazı bulmuyor"],
        &[
            "Merhaba, evi {model} ile birlikte satın aldık, elimizde fatura yok. Garanti hâlâ geçerli mi, nasıl öğrenebiliriz?",
            "Merhaba, güncellemeden sonra uygulama cihazı bulmuyor, ama modemde çevrimiçi görünüyor. Ne yapabilirim?",
        ],
    )
    .answered(&[
            "Garanti evle birlikte size geçiyor ve 14 ay daha geçerli. Kaydı sizin adınıza aldım.",
            "Güncelleme yerel ağ iznini yeniden istiyor. *Ayarlar, Gizlilik* altında izin verirseniz cihaz hemen görünür.",
        ])
    .pressing(Low, Medium)
    .written_in(Language::Turkish),
    situation(
        Offer::Canada,
        Incident,
        3,
        Path::RepairAndLoan,
        &[
            "La {model} affiche {error}",
            "Bruit anormal, sans doute la pièce {part}",
            "Plus de chauffage à {place}",
        ],
        &[
            "Bonjour, depuis {weekday} l'appareil s'arrête avec le code {error}. Il fait déjà froid ici. Pouvez-vous nous prêter un appareil pendant la réparation ?",
            "L'installateur pense que la pièce *{part}* est usée. C'est encore sous garantie, commande {order}. Combien de temps faut-il compter ?",
        ],
    )
    .pressing(Medium, High)
    .written_in(Language::French),
    situation(
        Offer::Canada,
        Question,
        3,
        Path::Answer,
        &["Question sur le mode nuit", "Délai de livraison pour la {model}"],
        &[
            "Bonjour, comment règle-t-on le mode nuit sur la {model} ? Le guide ne montre que l'ancien écran.",
            "Nous rénovons à {place}. Quel est le délai pour une {model} en ce moment ?",
        ],
    )
    .answered(&[
            "Appuyez cinq secondes sur **Mode**, choisissez *Nuit*, puis confirmez. Le nouveau guide est dans votre compte.",
            "En ce moment il faut compter cinq à six semaines, pose comprise. Un acompte réserve votre place.",
        ])
    .pressing(Low, Low)
    .written_in(Language::French),
    situation(
        Offer::Canada,
        Incident,
        3,
        Path::Shipping,
        &["Order {order} stuck at customs?", "{part} for {model} has not arrived in {place}"],
        &[
            "Tracking has not moved for nine days. Is the parcel at customs, and do you need anything from me to release it?",
            "The {part} was to be here by {weekday}. The contractor is booked, so each week costs us {amount}.",
        ],
    ),
    situation(
        Offer::Canada,
        Question,
        2,
        Path::Question,
        &["Does the {model} work at minus 25?", "Thermostat does not pair with the {model}"],
        &[
            "We get weeks of minus 25 here. The sheet says minus 22. What happens below that, does it stop or just get weaker?",
            "The thermostat blinks three times and gives up. Tried new batteries and a reset.",
        ],
    )
    .answered(&[
            "Below minus 22 the compressor rests and the built-in heater takes over, so the house stays warm and the meter runs faster. With your insulation that is about 40 hours a year.",
            "Your thermostat speaks the older protocol. I have sent you the small adapter; plug it in below the display, and it pairs within a minute.",
        ])
    .pressing(Low, Medium),
];
