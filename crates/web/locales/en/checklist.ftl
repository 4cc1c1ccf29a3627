checklist = Checklist
checklist-done = { $done } of { $all } done
checklist-tick = Tick off
checklist-untick = Not done after all
checklist-remove = Remove
checklist-none = What has to be done here, step by step, ticked off by whoever did it.
checklist-add = Add steps
checklist-put = Put on the list
checklist-steps = Steps
checklist-arrange = Arrange
checklist-words = Words of the step
checklist-reword = Reword
checklist-up = Up
checklist-down = Down
checklist-order = Their order
checklist-steps-help = One in each line.
does-steps = Put on the checklist: { $steps }
macros-steps = Put on the checklist
bulk-steps = Add steps
checklist-usual = Add the usual steps
checklist-usual-label = Usual steps
checklist-usual-help = One in each line. Whoever serves a ticket adds them with one press.
history-step-added = added the step “{ $step }”
history-step-done = did the step “{ $step }”
history-step-open = said that the step “{ $step }” is not done
history-step-moved = put the step “{ $step }” at another place
history-step-reworded = reworded a step: “{ $step }”
history-step-removed = removed a step
problem-checklist-empty = Write at least one step.
problem-checklist-done = This step is done, and what was done is not reworded. Say first that it is not done after all.
problem-checklist-twice = This step stands on the list already. What you wrote was kept.
problem-checklist-full = At most { $most } steps fit on a ticket. What you wrote was kept.
checklist-usual-count = { $count ->
    [0] None yet
    [one] One step
   *[other] { $count } steps
}
