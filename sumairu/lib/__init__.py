"""What any part of the portal may use: plain Python, no Django, tested without a database."""
