"""Pseudonyms, coarse places and clean text: what makes records safe to work with."""
