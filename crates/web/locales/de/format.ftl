duration-under-a-minute = unter 1 Min.
duration-minutes = { $minutes } Min.
duration-hours = { $hours } Std.
duration-hours-minutes = { $hours } Std. { $minutes } Min.
duration-days = { $days } T
duration-days-hours = { $days } T { $hours } Std.
duration-working = { $time } Arbeitszeit
duration-working-days = { $days ->
    [one] { $days } Arbeitstag
   *[other] { $days } Arbeitstage
}
duration-working-days-rest = { $days ->
    [one] { $days } Arbeitstag { $rest }
   *[other] { $days } Arbeitstage { $rest }
}
time-now = jetzt
time-ago = vor { $time }
time-in = in { $time }
weekdays-short = Mo|Di|Mi|Do|Fr|Sa|So
months-short = Jan.|Feb.|März|Apr.|Mai|Juni|Juli|Aug.|Sep.|Okt.|Nov.|Dez.
date-full = { $day }. { $month } { $year }
date-day-month = { $day }. { $month }
number-group = .
number-decimal = ,
number-percent = { $number } %
number-none = –
