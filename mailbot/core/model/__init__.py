"""What the rules speak of: people, office, SOP, cycle, facts, forms, indicators, and the outcome of a decision."""
