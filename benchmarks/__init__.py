"""How long things take beside their peers, and how often an interval holds the truth.

Neither is a test: times differ between machines, and two thousand simulated data sets take minutes.
"""
