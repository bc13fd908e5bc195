"""What somebody typed on the staff side and could not save: kept for a day, for them alone.

Every staff form carries a signed token that names the person, the form and this opening of it (`tokens`). When what is
posted is not saved, the middleware keeps it under that name (`keeping`), and the same person goes on from it on the
same form (`resuming`). Nothing but the token says whose it is where nobody is signed in any more.
"""
