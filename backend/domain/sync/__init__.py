"""Between phone and server: deposit first, judge later (DESIGN §4)."""
