"""What the project wrote down: table contracts, reading, and rules."""
