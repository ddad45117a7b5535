"""Who owes something and hears of it: reminders, absences, letters that did not arrive (SOP row 3)."""
