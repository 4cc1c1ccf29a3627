//! Introductions and header blocks in the languages of the world.

use super::super::visible;

const INTRODUCTIONS: &[&str] = &[
    "On Tue, Mar 1, 2011 at 6:02 PM, Kim Doe <kim@example.org> wrote:",
    "Am 03.02.2015 um 14:23 schrieb Kim Doe <kim@example.org>:",
    "Kim Doe <kim@example.org> schrieb am Di., 3. Feb. 2015, 14:23:",
    "Le 3 févr. 2015 à 14:23, Kim Doe <kim@example.org> a écrit :",
    "El 3/2/2015, a las 14:23, Kim Doe <kim@example.org> escribió:",
    "Em 3 de fev de 2015 às 14:23, Kim Doe <kim@example.org> escreveu:",
    "Il giorno 3 feb 2015, alle ore 14:23, Kim Doe <kim@example.org> ha scritto:",
    "Op 3 feb. 2015, om 14:23 heeft Kim Doe <kim@example.org> het volgende geschreven:",
    "Den 3 februari 2015 14:23 skrev Kim Doe <kim@example.org>:",
    "Den tirs. 3. feb. 2015 kl. 14.23 skrev Kim Doe <kim@example.org>:",
    "Kim Doe <kim@example.org> kirjoitti 3.2.2015 kello 14.23:",
    "W dniu 3 lutego 2015 14:23 użytkownik Kim Doe <kim@example.org>\nnapisał:",
    "Dne 3. 2. 2015 v 14:23 Kim Doe <kim@example.org> napsal(a):",
    "Dňa 3. 2. 2015 o 14:23 Kim Doe <kim@example.org> napísal(a):",
    "Kim Doe <kim@example.org> ezt írta (időpont: 2015. febr. 3., K, 14:23):",
    "Pe 3 februarie 2015, 14:23, Kim Doe <kim@example.org> a scris:",
    "На 3.02.2015 г. в 14:23 ч. Kim Doe <kim@example.org> написа:",
    "3 февраля 2015 г., 14:23 пользователь Kim Doe <kim@example.org> написал:",
    "вт, 3 лют. 2015 о 14:23 Kim Doe <kim@example.org> пише:",
    "Στις 3 Φεβ 2015, 14:23, Kim Doe <kim@example.org> έγραψε:",
    "3 Şub 2015 Sal, 14:23 tarihinde Kim Doe <kim@example.org> şunu yazdı:",
    "Vào 14:23 3 tháng 2, 2015, Kim Doe <kim@example.org> đã viết:",
    "Pada tanggal 3 Feb 2015 14.23, Kim Doe <kim@example.org> menulis:",
    "2015年2月3日(火) 14:23 Kim Doe <kim@example.org>:",
    "在 2015年2月3日，14:23，Kim Doe <kim@example.org> 写道：",
    "2015년 2월 3일 (화) 14:23, Kim Doe <kim@example.org>님이 작성:",
    "\u{202b}בתאריך יום ג׳, 3 בפבר׳ 2015 ב-14:23 מאת \u{202a}Kim Doe\u{202c}\u{200f} <\u{202a}kim@example.org\u{202c}\u{200f}>:\u{202c}",
    "في الثلاثاء، 3 فبراير 2015 14:23 Kim Doe <kim@example.org> كتب:",
    "Dana 3. 2. 2015. 14:23, Kim Doe <kim@example.org> napisao:",
    "Kim Doe <kim@example.org> je 3. feb. 2015 ob 14:23 napisal:",
    "El 3 febr. 2015, a les 14:23, Kim Doe <kim@example.org> va escriure:",
    "Þann 3.2.2015 14:23 skrifaði Kim Doe <kim@example.org>:",
    "Kim Doe <kim@example.org> kirjutas kuupäeval T, 3. veebruar 2015 kell 14:23:",
    "---- On Tue, 03 Feb 2015 14:23:00 +0100 Kim Doe <kim@example.org> wrote ----",
    "Missatge de Kim Doe <kim@example.org> del dia dt., 3 de febr. 2015 a les 14:23:",
    "Kim Doe (<kim@example.org>) erabiltzaileak hau idatzi du (2015 ots. 3, ar. (14:23)):",
    "Feb 3, 2015, 14:23 by kim@example.org:",
    "3. Feb. 2015, 14:23 von kim@example.org:",
    "Kim Doe\n<kim@example.org> 于2015年2月3日周二 14:23写道：",
    "On Tue, Feb 3, 2015 at 2:23 PM Kim Doe\n\n<\nmailto:kim@example.org\n> wrote:",
];

#[test]
fn in_10_introductions_are_known_in_more_than_thirty_languages_marked_and_unmarked() {
    for introduction in INTRODUCTIONS {
        let marked = format!("New words.\n\n{introduction}\n\n> old words\n> more\n");
        assert_eq!(visible(&marked), "New words.", "{introduction}");
        let unmarked = format!("New words.\n\n{introduction}\n\nold words\nmore\n");
        assert_eq!(visible(&unmarked), "New words.", "{introduction}, unmarked");
    }
}

const BLOCKS: &[[&str; 4]] = &[
    ["From", "Sent", "To", "Subject"],
    ["Von", "Gesendet", "An", "Betreff"],
    ["De ", "Envoyé ", "À ", "Objet "],
    ["De", "Enviado el", "Para", "Asunto"],
    ["De", "Enviada em", "Para", "Assunto"],
    ["Da", "Inviato", "A", "Oggetto"],
    ["Van", "Verzonden", "Aan", "Onderwerp"],
    ["Från", "Skickat", "Till", "Ämne"],
    ["Fra", "Sendt", "Til", "Emne"],
    ["Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"],
    ["Od", "Wysłano", "Do", "Temat"],
    ["Od", "Odesláno", "Komu", "Předmět"],
    ["Feladó", "Elküldve", "Címzett", "Tárgy"],
    ["De la", "Trimis", "Către", "Subiect"],
    ["От", "Отправлено", "Кому", "Тема"],
    ["Від", "Надіслано", "Кому", "Тема"],
    ["Kimden", "Gönderildi", "Kime", "Konu"],
    ["Από", "Στάλθηκε", "Προς", "Θέμα"],
    ["差出人", "送信日時", "宛先", "件名"],
    ["发件人", "发送时间", "收件人", "主题"],
    ["寄件者", "寄件日期", "收件者", "主旨"],
    ["보낸 사람", "보낸 날짜", "받는 사람", "제목"],
    ["מאת", "נשלח", "אל", "נושא"],
    ["من", "تاريخ الإرسال", "إلى", "الموضوع"],
    ["Dari", "Dikirim", "Kepada", "Subjek"],
    ["Từ", "Đã gửi", "Đến", "Chủ đề"],
    ["Šalje", "Poslano", "Prima", "Predmet"],
    ["Од", "Послато", "За", "Тема"],
    ["Od", "Dátum", "Pre", "Predmet"],
    ["Expeditorul", "Dată", "Destinatarul", "Subiectul"],
    ["Від кого", "Дата", "Кому", "Тема"],
    ["Siuntėjas", "Data", "Gavėjas", "Tema"],
    ["Nork", "Bidaltze-data", "Nori", "Gaia"],
    ["Remitent", "Enviat", "Per a", "Tema"],
    ["จาก", "วันที่", "ถึง", "หัวเรื่อง"],
    ["از", "تاریخ", "به", "موضوع"],
    ["प्रेषक", "दिनांक", "प्रति", "विषय"],
    ["Daripada", "Tarikh", "Kepada", "Subjek"],
];

#[test]
fn in_10_header_blocks_are_known_in_more_than_thirty_languages() {
    for [from, sent, to, subject] in BLOCKS {
        let text = format!(
            "New words.\n\n{from}: Kim Doe <kim@example.org>\n{sent}: 3.2.2015 14:23\n{to}: Lee\n{subject}: Hi\n\nold words\n"
        );
        assert_eq!(visible(&text), "New words.", "{from}");
        let bold = format!(
            "New words.\n\n*{from}:* Kim Doe\n*{sent}:* 3.2.2015 14:23\n*{to}:* Lee\n*{subject}:* Hi\n\nold words\n"
        );
        assert_eq!(visible(&bold), "New words.", "{from}, bold");
    }
}

#[test]
fn in_10_sentences_that_only_look_like_introductions_stay() {
    for text in [
        "I wrote 3 lines:\n\nfirst\nsecond",
        "On your remote host run 3 commands:\n\n  ls -l\n",
        "As Kim wrote:\nplease do it",
        "Note: from 3 to 5 we are closed.\nTo: everybody",
        "From here it is 2015 metres:\nwalk",
    ] {
        assert_eq!(visible(text), text.trim_end(), "{text}");
    }
}
