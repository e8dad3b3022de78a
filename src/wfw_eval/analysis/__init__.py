"""From tables to rows of results: what each chapter shows."""
