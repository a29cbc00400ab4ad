"""The house as people meet it: granian, a small county, Chromium."""
