"""The configuration that a new office begins with: the sample's explanations, and nothing of the sample's office."""
