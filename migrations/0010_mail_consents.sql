-- Administrators on their way to a provider, who come back once and within minutes.

create table mail_consent (
  -- Hash of the word that goes along and has to come back.
  state {bytes} primary key,
  inbox_id bigint not null references inbox (id),
  person_id bigint not null references person (id),
  -- Hash of the session's token: nobody else's browser can end what this one began.
  session {bytes} not null,
  -- How the inbox signs in, as it was when this began.
  signing_in text not null,
  verifier text not null,
  redirect_uri text not null,
  until_at bigint not null
);
create index mail_consent_until on mail_consent (until_at);
