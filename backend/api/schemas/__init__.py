"""Shapes of the JSON between phone and server; unknown fields are refused."""
