"""What the documentation page shows of the API: questions and the addresses that answer them, which tests ask as well."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    question: str
    path: str  # of the API, with its query
    answer: str  # what stands where in the answer


EXAMPLES = [
    Example(
        "どんなデータがありますか",
        "sets",
        "データごとの題名、更新日、一覧のアドレス（records）、列の定義のアドレス（columns）",
    ),
    Example("釧路市（012068）のことを1件", "municipalities/012068", "名称、よみ、振興局、人口、役所の位置"),
    Example("釧路総合振興局の令和3年度の取組", "initiatives?year=2021&office=kushiro", "records に取組が並びます"),
    Example("「観光」という言葉のある支援制度", "programs?q=観光", "records に年度版が並びます"),
    Example("予算額を10件ずつ", "budget?limit=10", "next が次のページのアドレスです。最後のページではnullです"),
    Example("釧路市の、すべての指標の数値", "indicator-figures?town=012068", "amount が値、indicator_unit が単位です"),
]
