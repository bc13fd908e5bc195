"""What figures count, in words.

>>> COUNTED_IN["people"], NAMES["count"]
('人', '件数')
"""

COUNTED_IN = {"yen": "円", "people": "人", "count": "件"}
NAMES = {"yen": "金額", "people": "人数", "count": "件数", "ratio": "比率"}
