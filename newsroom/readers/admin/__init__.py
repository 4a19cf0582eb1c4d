"""The rooms of the desk for what readers leave with us."""
