"""Executing chapters and publishing what passed the gate."""
