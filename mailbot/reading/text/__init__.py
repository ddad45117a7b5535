"""What a person wrote in a mail: bodies, hidden text, quotations apart from own words."""
