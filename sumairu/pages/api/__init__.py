"""The portal for programs: what is public today as JSON, drawn from the same descriptions as pages and files.

`schemas` makes of each description what its records look like, `narrowing` what they can be narrowed by, `endpoints` the
addresses with their OpenAPI, `examples` what the documentation page shows and tests ask.
"""
