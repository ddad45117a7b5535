"""What a city or a province sees of its offices, and each office of all the others: never of one of them."""
