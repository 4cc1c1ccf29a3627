//! Random calendars against a reckoning that looks at every single minute.
