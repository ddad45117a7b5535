"""What Subbag Program is told once a day in one letter, and what at once: the policy, and what a day brought."""
