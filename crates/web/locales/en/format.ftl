duration-under-a-minute = under 1 min
duration-minutes = { $minutes } min
duration-hours = { $hours } h
duration-hours-minutes = { $hours } h { $minutes } min
duration-days = { $days } d
duration-days-hours = { $days } d { $hours } h
duration-working = { $time } working time
duration-working-days = { $days ->
    [one] { $days } working day
   *[other] { $days } working days
}
duration-working-days-rest = { $days ->
    [one] { $days } working day { $rest }
   *[other] { $days } working days { $rest }
}
time-now = now
time-ago = { $time } ago
time-in = in { $time }
weekdays-short = Mon|Tue|Wed|Thu|Fri|Sat|Sun
months-short = Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec
date-full = { $day } { $month } { $year }
date-day-month = { $day } { $month }
number-group = ,
number-decimal = .
number-percent = { $number } %
number-none = –
