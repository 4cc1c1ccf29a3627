//! The lines that telephones and programs put below what a person wrote.

use super::super::visible;

const LINES: &[&str] = &[
    "Sent from my iPhone",
    "Sent from my iPad",
    "Sent from Spark",
    "Verzonden vanuit Mail voor Windows",
    "Obtenir Outlook pour iOS",
    "Outlook für iOS beziehen",
    "获取适用于 iOS 的 Outlook",
    "iOS için Outlook'u edinin",
    "Küldve az iPhone-omról",
    "Sent from my Galaxy",
    "Sent from my T-Mobile 4G LTE Device",
    "Sent from Yahoo Mail on Android",
    "Sent from Outlook for Android",
    "Sent from Mail for Windows",
    "Get Outlook for iOS<https://outlook.example/ios>",
    "Get Outlook for Android",
    "Sent with Proton Mail secure email.",
    "Von meinem iPhone gesendet",
    "Von meinem Samsung Galaxy Smartphone gesendet.",
    "Von Samsung Mobile gesendet",
    "Gesendet von Mail für Windows",
    "Gesendet mit der GMX Mail App",
    "Diese Nachricht wurde von meinem Android-Gerät mit WEB.DE Mail gesendet.",
    "Outlook für Android herunterladen",
    "Holen Sie sich Outlook für iOS",
    "Envoyé de mon iPhone",
    "Envoyé à partir de Outlook pour Android",
    "Télécharger Outlook pour Android",
    "Enviado desde mi iPhone",
    "Obtener Outlook para iOS",
    "Enviado do meu iPhone",
    "Obter o Outlook para iOS",
    "Inviato da iPhone",
    "Scarica Outlook per Android",
    "Verstuurd vanaf mijn iPhone",
    "Outlook voor iOS downloaden",
    "Skickat från min iPhone",
    "Hämta Outlook för iOS",
    "Sendt fra min iPhone",
    "Hent Outlook til iOS",
    "Lähetetty iPhonesta",
    "Wysłane z iPhone'a",
    "Pobierz aplikację Outlook dla systemu iOS",
    "Odesláno z iPhonu",
    "Odoslané z iPhonu",
    "Elküldve az iPhone-omról",
    "Trimis de pe iPhone-ul meu",
    "Poslano s mog iPhonea",
    "Изпратено от моя iPhone",
    "Отправлено с iPhone",
    "Надіслано з iPhone",
    "Скачать Outlook для Android",
    "Στάλθηκε από το iPhone μου",
    "iPhone'umdan gönderildi",
    "مرسل من الـ iPhone",
    "נשלח מה-iPhone שלי",
    "iPhoneから送信",
    "나의 iPhone에서 보냄",
    "发自我的iPhone",
    "從我的 iPhone 傳送",
    "Đã gửi từ iPhone của tôi",
    "ส่งจาก iPhone ของฉัน",
    "Dikirim dari iPhone saya",
    "Dihantar daripada iPhone saya",
    "Enviat des del meu iPhone",
    "Išsiųsta iš mano iPhone",
    "Nosūtīts no mana iPhone",
    "Saadetud minu iPhone'ist",
    "मेरे iPhone से भेजा गया",
    "Nire iPhonetik bidalita",
];

#[test]
fn in_10_the_line_of_a_device_is_folded_in_thirty_languages() {
    for line in LINES {
        assert_eq!(visible(&format!("New words.\n\n{line}\n")), "New words.", "{line}");
        let answered = format!("New words.\n\n{line}\n\n> old words\n");
        assert_eq!(visible(&answered), "New words.", "{line}, above a quotation");
        let direct = format!("New words.\n{line}\n");
        assert_eq!(visible(&direct), "New words.", "{line}, without a blank line");
    }
}

#[test]
fn in_10_sentences_about_sending_stay() {
    for line in [
        "Sent from my account were 30 mails, which nobody answered. Why?",
        "Enviado por correo el lunes; llega mañana.",
        "Der Drucker wird von meinem Kollegen gesendet, bitte annehmen.",
        "Wysłane z magazynu wczoraj, dotrze jutro.",
        "Please download Outlook for me, the old one is broken!",
        "Sendt fra lageret i går, så den kommer i morgen.",
    ] {
        let text = format!("Hello,\n\n{line}");
        assert_eq!(visible(&text), text, "{line}");
    }
}

#[test]
fn in_10_a_disclaimer_stays_unless_it_stands_below_a_signature_mark() {
    let disclaimer = "This message is confidential and only for the person to whom it is addressed.";
    let plain = format!("New words.\n\n{disclaimer}");
    assert_eq!(visible(&plain), plain);
    assert_eq!(visible(&format!("New words.\n\n-- \nKim\n\n{disclaimer}")), "New words.");
    assert_eq!(visible(&format!("New words.\n\n--\nKim\n\n{disclaimer}")), "New words.");
    assert_eq!(visible(&format!("New words.\n\n__\nKim\n{disclaimer}")), "New words.");
}

#[test]
fn in_10_the_work_on_lines_of_devices_ends_although_the_mail_does_not() {
    let many = "-Kim\n\n".repeat(100);
    let shown = visible(&format!("New words.\n\n{many}"));
    assert_eq!(shown.lines().filter(|line| *line == "-Kim").count(), 100 - super::super::signature::MOST);
}
