//! The same sentences in German, French, Spanish and Turkish.

use super::phrases::Said;

pub(super) const fn german(said: Said) -> &'static [&'static str] {
    match said {
        Said::Received | Said::Acknowledged => &[
            "vielen Dank für Ihre Nachricht. Ich kümmere mich darum und melde mich noch heute.",
            "danke für die genaue Beschreibung. Den technischen Teil gebe ich weiter, Ihre Ansprechpartnerin bleibe ich.",
        ],
        Said::Asked | Said::AskedAboutMachine | Said::AskedAboutPerson | Said::AskedAboutMoney => &[
            "können Sie mir die Seriennummer schicken? Sie steht auf dem silbernen Schild unten rechts und beginnt mit *EF*.",
        ],
        Said::Answered
        | Said::AnsweredAboutMachine
        | Said::AnsweredAboutPerson
        | Said::AnsweredAboutMoney => &[
            "Die Nummer ist **EF-81522-A**. Das Schild ist etwas zerkratzt.",
            "Anbei die Werte von heute früh: 1,2 bar, Vorlauf 29 Grad.",
        ],
        Said::AnsweredQuestion => &[
            "ja, das ist so vorgesehen. Halten Sie **Modus** fünf Sekunden lang gedrückt, dann finden Sie die Einstellung unter *Heizkurve*.",
            "die Bescheinigung liegt jetzt in Ihrem Konto. Für den Antrag reicht die erste Seite.",
        ],
        Said::StillWaiting => &[
            "leider gibt es noch nichts Neues: Ihr Gerät wartet auf einen Platz in der Werkstatt. Ich habe heute noch einmal nachgefragt.",
        ],
        Said::Repaired => &[
            "gute Nachricht: Das Teil ist getauscht, und Ihre {model} lief eine ganze Nacht auf dem Prüfstand. Der Fahrer ruft Sie vorher an.",
        ],
        Said::Sent => &[
            "das Paket ist heute aus dem Lager gegangen und sollte am {weekday} bei Ihnen sein. Entschuldigen Sie die Wartezeit.",
        ],
        Said::PaidBack => &["Sie haben recht. Die Rechnung ist berichtigt, das Geld ist unterwegs."],
        Said::DayAgreed => &[
            "passt Ihnen der {weekday} nächster Woche, zwischen 8 und 11 Uhr? Wenn ich nichts anderes höre, sind wir da.",
        ],
        Said::Visited => {
            &["die Wartung ist erledigt, alle Werte sind in Ordnung. Das Protokoll liegt in Ihrem Konto."]
        }
        Said::Chased => &[
            "Gibt es etwas Neues? Es wird langsam kalt bei uns.",
            "Ich frage nur nach, ob unser Anliegen noch auf dem Tisch liegt.",
        ],
        Said::Reopened => &[
            "Leider tritt der Fehler wieder auf, genau wie vorher.",
            "Das war nur die halbe Lösung. Bitte sehen Sie noch einmal nach.",
        ],
        Said::DoneAfterAll => {
            &["danke für den Hinweis. Ein Stecker saß locker; jetzt ist alles fest und zweimal geprüft."]
        }
    }
}

pub(super) const fn french(said: Said) -> &'static [&'static str] {
    match said {
        Said::Received | Said::Acknowledged => {
            &["merci pour votre message. Je m'en occupe et je reviens vers vous aujourd'hui même."]
        }
        Said::Asked | Said::AskedAboutMachine | Said::AskedAboutPerson | Said::AskedAboutMoney => &[
            "pourriez-vous m'envoyer le numéro de série ? Il se trouve sur la plaque argentée, en bas à droite.",
        ],
        Said::Answered
        | Said::AnsweredAboutMachine
        | Said::AnsweredAboutPerson
        | Said::AnsweredAboutMoney => &[
            "Voici : **EF-90417-C**. La plaque est un peu effacée.",
            "Le matin je lis 1,1 bar, et l'écran indique 27 degrés.",
        ],
        Said::AnsweredQuestion => &[
            "oui, c'est normal. Appuyez cinq secondes sur **Mode**, choisissez *Nuit*, puis confirmez.",
            "en ce moment il faut compter cinq à six semaines, pose comprise.",
        ],
        Said::StillWaiting => &[
            "rien de nouveau pour l'instant, je suis désolé. L'appareil attend sa place à l'atelier, j'ai relancé ce matin.",
        ],
        Said::Repaired => &[
            "bonne nouvelle : la pièce est remplacée et votre {model} a tourné toute une nuit au banc d'essai.",
        ],
        Said::Sent => {
            &["le colis est parti aujourd'hui et devrait arriver {weekday}. Merci de votre patience."]
        }
        Said::PaidBack => &["vous avez raison, la facture est corrigée et la somme vous est remboursée."],
        Said::DayAgreed => &[
            "est-ce que {weekday} prochain vous convient, entre 8 et 11 heures ? Sans autre nouvelle, nous y serons.",
        ],
        Said::Visited => {
            &["la visite est faite, toutes les valeurs sont bonnes. Le rapport est dans votre compte."]
        }
        Said::Chased => &[
            "Avez-vous du nouveau ? Les nuits deviennent froides.",
            "Je me permets de vous relancer, sans nouvelles depuis plusieurs jours.",
        ],
        Said::Reopened => &["Hélas, la même panne est revenue cette nuit."],
        Said::DoneAfterAll => {
            &["merci de l'avoir signalé. Un connecteur était desserré, tout est vérifié maintenant."]
        }
    }
}

pub(super) const fn spanish(said: Said) -> &'static [&'static str] {
    match said {
        Said::Received | Said::Acknowledged => {
            &["gracias por escribirnos. Me ocupo de ello y le respondo hoy mismo."]
        }
        Said::Asked | Said::AskedAboutMachine | Said::AskedAboutPerson | Said::AskedAboutMoney => {
            &["¿me puede enviar el número de serie? Está en la placa plateada, abajo a la derecha."]
        }
        Said::Answered
        | Said::AnsweredAboutMachine
        | Said::AnsweredAboutPerson
        | Said::AnsweredAboutMoney => &[
            "Es el **EF-66028-B**. La placa está un poco oxidada.",
            "Por la mañana marca 1,2 y después 1,5.",
        ],
        Said::AnsweredQuestion => &[
            "sí, es normal. Mantenga pulsado **Modo** cinco segundos, elija *Noche* y confirme. Le envío el manual en español.",
            "sus valores están dentro de lo habitual. Si baja dos grados la temperatura de ida, ahorrará alrededor de un cinco por ciento.",
        ],
        Said::StillWaiting => &[
            "todavía no hay novedades, lo siento. El equipo espera su turno en el taller; hoy he vuelto a preguntar.",
        ],
        Said::Repaired => &[
            "buenas noticias: la pieza está cambiada y su {model} ha funcionado toda la noche en el banco de pruebas.",
        ],
        Said::Sent => &["el paquete ha salido hoy y debería llegar el {weekday}. Disculpe la espera."],
        Said::PaidBack => &["tiene razón: la factura está corregida y el dinero va de camino."],
        Said::DayAgreed => &["¿le viene bien el {weekday} de la semana que viene, entre las 8 y las 11?"],
        Said::Visited => &["la visita está hecha y todos los valores son correctos."],
        Said::Chased => &[
            "¿Hay alguna novedad? Por las noches ya hace frío.",
            "Escribo solo para saber si hay una fecha.",
        ],
        Said::Reopened => &["Por desgracia ha vuelto a pasar lo mismo esta noche."],
        Said::DoneAfterAll => {
            &["gracias por avisar. Un conector estaba suelto; ya está arreglado y comprobado."]
        }
    }
}

pub(super) const fn turkish(said: Said) -> &'static [&'static str] {
    match said {
        Said::Received | Said::Acknowledged => {
            &["mesajınız için teşekkürler. Konuyla ilgileniyorum, bugün size döneceğim."]
        }
        Said::Asked | Said::AskedAboutMachine | Said::AskedAboutPerson | Said::AskedAboutMoney => &[
            "seri numarasını gönderebilir misiniz? Sağ alttaki gümüş renkli etikette yazıyor, *EF* ile başlıyor.",
        ],
        Said::Answered
        | Said::AnsweredAboutMachine
        | Said::AnsweredAboutPerson
        | Said::AnsweredAboutMoney => {
            &["Numara **EF-58113-A**. Etiket biraz silinmiş.", "Sabah 1,1 gösteriyor, çalışınca 1,5 oluyor."]
        }
        Said::AnsweredQuestion => {
            &["evet, bu normal. **Mod** tuşuna beş saniye basın, *Gece* seçeneğini seçip onaylayın."]
        }
        Said::StillWaiting => &[
            "henüz yeni bir bilgi yok, kusura bakmayın. Cihazınız atölyede sırasını bekliyor, bugün tekrar sordum.",
        ],
        Said::Repaired => {
            &["iyi haber: parça değişti ve cihazınız bütün gece test tezgâhında sorunsuz çalıştı."]
        }
        Said::Sent => &["paket bugün depodan çıktı, {weekday} günü elinizde olmalı."],
        Said::PaidBack => &["haklısınız, fatura düzeltildi ve para iade edildi."],
        Said::DayAgreed => &["gelecek hafta {weekday} saat 8 ile 11 arası sizin için uygun mu?"],
        Said::Visited => &["bakım tamamlandı, bütün değerler yerinde."],
        Said::Chased => &["Bir gelişme var mı? Geceler soğumaya başladı."],
        Said::Reopened => &["Ne yazık ki aynı hata dün gece tekrar oldu."],
        Said::DoneAfterAll => {
            &["haber verdiğiniz için teşekkürler. Bir fiş gevşemiş; düzeltildi ve iki kez denendi."]
        }
    }
}
