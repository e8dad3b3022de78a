"""The library of evaluation metrics."""
