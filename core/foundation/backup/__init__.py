"""Copies of the database that can be proved: made, kept, tried out, brought back."""
