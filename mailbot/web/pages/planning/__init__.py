"""The page of what is to come: deadlines of each row, and letters that leave by themselves."""
