"""What a notebook says, and the page it stands for."""
