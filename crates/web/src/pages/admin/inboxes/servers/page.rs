//! How the form of the servers looks.

use desk::inboxes::presets::SigningIn;
use desk::inboxes::{Input, Protection};
use maud::{Markup, html};

use super::typed::protection_word;
use super::{Known, preset_of, protection, wants_token};
use crate::pages::admin::fields::{Fields, Wrong};
use crate::pages::admin::inboxes::steps::{Step, steps};
use crate::pages::admin::inboxes::{consent, provider};
use crate::pages::admin::shell::{self, Came, Part};
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Choice, Field, Kind};
use crate::ui::icon::Icon;
use crate::ui::panel;
use crate::visitor::Visitor;

pub fn page(
    visitor: &Visitor,
    came: Came,
    input: &Input,
    known: &Known,
    fields: &Fields,
    wrong: &Wrong,
) -> Markup {
    let locale = visitor.reader.locale;
    let title = input.name.as_str();
    let form = Form { locale, fields, wrong, known };
    let here = format!("/admin/inboxes/{}", known.id);
    let content = html! {
        (shell::head(title, None))
        (steps(locale, Some(known.id), Step::Servers))
        @if let Some(preset) = preset_of(fields) {
            p.example.lead {
                strong { (provider::name(locale, preset)) } ". "
                (t!(locale, "mail-todo-first")) " " (provider::todo(locale, preset)) " "
                a href={ (here) "/provider" } { (t!(locale, "mail-provider-other")) }
            }
        }
        (field::error_summary(locale, &wrong.listed()))
        form.stack.servers method="post" action={ (here) "/servers" } autocomplete="off" novalidate {
            (field::token(&visitor.csrf))
            input type="hidden" name="preset" value=(fields.text("preset"));
            (panel::panel(t!(locale, "mail-signing-in"), None, &form.signing_in(input)))
            div.halves {
                (panel::panel(t!(locale, "mail-receiving"), None, &form.receiving()))
                (panel::panel(t!(locale, "mail-sending"), None, &form.sending()))
            }
            div.buttons { (button::submit(Weight::Primary, Some(Icon::Check), t!(locale, "mail-servers-save"))) }
        }
    };
    shell::below(visitor, Part::Inboxes, title, &came, &content)
}

struct Form<'a> {
    locale: Locale,
    fields: &'a Fields,
    wrong: &'a Wrong,
    known: &'a Known,
}

impl<'a> Form<'a> {
    fn field(&self, name: &'static str, label: &'a str) -> Field<'a> {
        Field::new(name, label).value(self.fields.text(name)).error(self.wrong.about(name))
    }

    /// A field that shows only whether something is set; nothing is ever written into it.
    fn secret(&self, name: &'static str, label: &'a str, is_set: bool) -> Field<'a> {
        let locale = self.locale;
        let help = if is_set { t!(locale, "mail-secret-set") } else { t!(locale, "mail-secret-none") };
        Field::new(name, label).error(self.wrong.about(name)).help(help).autocomplete("new-password")
    }

    fn signing_in(&self, input: &Input) -> Markup {
        let locale = self.locale;
        let preset = preset_of(self.fields);
        let app_password = preset.is_some_and(|preset| preset.signing_in == SigningIn::AppPassword);
        let password =
            if app_password { t!(locale, "mail-app-password") } else { t!(locale, "admin-password") };
        let stored = input.incoming.as_ref().and_then(|incoming| incoming.preset.as_deref());
        // What is kept for one provider is nothing for another.
        let is_same = stored.is_none_or(|stored| stored == self.fields.text("preset"));
        let any = self.known.incoming_secret || input.incoming.is_none() && self.known.outgoing_secret;
        let is_set = any && is_same;
        html! {
            @if wants_token(preset) {
                p { (t!(locale, "mail-oauth-words")) }
                (consent::registered(locale, self.known.redirect_uri.as_deref()))
                div.form.form-columns {
                    @if preset.is_some_and(|preset| preset.signing_in == SigningIn::OwnOAuth) { (self.own_provider()) }
                    (field::input(locale, Kind::Text, &self.field("in_name", t!(locale, "mail-user-name")).required().help(t!(locale, "mail-user-name-help"))))
                    (field::input(locale, Kind::Text, &self.field("client", t!(locale, "mail-client")).required().help(t!(locale, "mail-client-help"))))
                    @if self.fields.text("preset") == "microsoft" {
                        (field::input(locale, Kind::Text, &self.field("tenant", t!(locale, "mail-tenant")).help(t!(locale, "mail-tenant-help"))))
                    }
                    (field::input(locale, Kind::Password, &self.secret("client_secret", t!(locale, "mail-client-secret"), is_set)))
                    (field::input(locale, Kind::Password, &self.secret("refresh_token", t!(locale, "mail-refresh-token"), is_set)))
                }
            } @else {
                div.form.form-columns {
                    (field::input(locale, Kind::Text, &self.field("in_name", t!(locale, "mail-user-name")).required().help(t!(locale, "mail-user-name-help"))))
                    (field::input(locale, Kind::Password, &self.secret("in_password", password, is_set)))
                }
            }
            p.muted.small { (t!(locale, "mail-secret-words")) }
        }
    }

    fn own_provider(&self) -> Markup {
        let locale = self.locale;
        html! {
            (field::input(locale, Kind::Url, &self.field("authorize_url", t!(locale, "mail-authorize-url")).required().help(t!(locale, "mail-authorize-url-help"))))
            (field::input(locale, Kind::Url, &self.field("token_url", t!(locale, "mail-token-url")).required().help(t!(locale, "mail-token-url-help"))))
            (field::input(locale, Kind::Text, &self.field("scope", t!(locale, "mail-scope")).help(t!(locale, "mail-scope-help"))))
        }
    }

    fn receiving(&self) -> Markup {
        let locale = self.locale;
        let ways = [
            Choice { value: "imap", label: t!(locale, "mail-receive-imap"), help: None },
            Choice {
                value: "pushed",
                label: t!(locale, "mail-receive-pushed"),
                help: Some(t!(locale, "mail-receive-pushed-help")),
            },
        ];
        let after = [
            Choice {
                value: "leave",
                label: t!(locale, "mail-after-leave"),
                help: Some(t!(locale, "mail-after-leave-help")),
            },
            Choice {
                value: "move",
                label: t!(locale, "mail-after-move"),
                help: Some(t!(locale, "mail-after-move-help")),
            },
        ];
        html! {
            (self.trouble("incoming"))
            (field::radios(&self.field("receive", t!(locale, "mail-receive")), &ways))
            div.stack.fetched {
                (self.place("in"))
                (field::input(locale, Kind::Text, &self.field("folder", t!(locale, "mail-folder")).required()))
                (field::radios(&self.field("after_fetch", t!(locale, "mail-after")), &after))
                (field::input(locale, Kind::Text, &self.field("move_to", t!(locale, "mail-move-to"))))
                (field::checkbox(&self.field("with_history", t!(locale, "mail-history")).help(t!(locale, "mail-history-help"))))
                (self.own_server("in", None))
            }
            (field::input(locale, Kind::Text, &self.field("authority", t!(locale, "mail-authority")).help(t!(locale, "mail-authority-help"))))
            (field::checkbox(&self.field("checks", t!(locale, "mail-checks")).help(t!(locale, "mail-checks-help"))))
        }
    }

    fn sending(&self) -> Markup {
        let locale = self.locale;
        let ways = [
            Choice { value: "smtp", label: t!(locale, "mail-send-smtp"), help: None },
            Choice {
                value: "nothing",
                label: t!(locale, "mail-send-nothing"),
                help: Some(t!(locale, "mail-send-nothing-help")),
            },
        ];
        html! {
            (self.trouble("outgoing"))
            (field::radios(&self.field("send", t!(locale, "mail-send")), &ways))
            div.stack.sent {
                (self.place("out"))
                @if wants_token(preset_of(self.fields)) {
                    input type="hidden" name="out_signing" value="same";
                    (self.own_server("out", None))
                } @else {
                    (self.own_server("out", Some(&self.out_signing())))
                }
            }
        }
    }

    fn out_signing(&self) -> Markup {
        let locale = self.locale;
        let ways = [
            Choice {
                value: "same",
                label: t!(locale, "mail-out-same"),
                help: Some(t!(locale, "mail-out-same-help")),
            },
            Choice { value: "own", label: t!(locale, "mail-out-own"), help: None },
            Choice {
                value: "nothing",
                label: t!(locale, "mail-out-nothing"),
                help: Some(t!(locale, "mail-out-nothing-help")),
            },
        ];
        let is_set = self.known.outgoing_secret && self.fields.text("out_signing") == "own";
        html! {
            (field::radios(&self.field("out_signing", t!(locale, "mail-out-signing")), &ways))
            div.stack.own-signing {
                (field::input(locale, Kind::Text, &self.field("out_name", t!(locale, "mail-out-name"))))
                (field::input(locale, Kind::Password, &self.secret("out_password", t!(locale, "mail-out-password"), is_set)))
            }
        }
    }

    /// Host, port and protection.
    fn place(&self, side: &str) -> Markup {
        let locale = self.locale;
        let protections = [Protection::Tls, Protection::StartTls, Protection::Plain].map(|own| Choice {
            value: protection_word(own),
            label: protection(locale, own),
            help: None,
        });
        let [host, port, security] = match side {
            "in" => ["in_host", "in_port", "in_security"],
            _ => ["out_host", "out_port", "out_security"],
        };
        let [host_label, port_label, security_label] = match side {
            "in" => [t!(locale, "mail-in-host"), t!(locale, "mail-in-port"), t!(locale, "mail-in-security")],
            _ => [t!(locale, "mail-out-host"), t!(locale, "mail-out-port"), t!(locale, "mail-out-security")],
        };
        html! {
            div.server-place {
                (field::input(locale, Kind::Text, &self.field(host, host_label).required()))
                (field::input(locale, Kind::Number, &self.field(port, port_label).required()))
                (field::select(locale, &self.field(security, security_label).required(), &protections))
            }
        }
    }

    /// What only those need who run the server themselves.
    fn own_server(&self, side: &str, more: Option<&Markup>) -> Markup {
        let locale = self.locale;
        let (inside, root) = if side == "in" { ("in_inside", "in_root") } else { ("out_inside", "out_root") };
        let signs_alike = side == "in" || matches!(self.fields.text("out_signing"), "same" | "");
        let open = self.fields.ticked(inside) || !self.fields.text(root).is_empty() || !signs_alike;
        html! {
            details.disclosure open[open] {
                summary { (if side == "in" { t!(locale, "mail-own-in") } else { t!(locale, "mail-own-out") }) }
                div.stack {
                    @if let Some(more) = more { (more) }
                    (field::checkbox(&self.field(inside, t!(locale, "mail-inside")).help(t!(locale, "mail-inside-help"))))
                    (field::area(locale, &self.field(root, t!(locale, "mail-root")).help(t!(locale, "mail-root-help")), 3))
                }
            }
        }
    }

    /// What is wrong with a server as a whole.
    fn trouble(&self, name: &str) -> Markup {
        html! { @if let Some(words) = self.wrong.about(name) { p.field-error id={ "field-" (name) } { (words) } } }
    }
}
