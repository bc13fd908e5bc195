from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sumairu.lib.eligibility import NO_RULES, Operator, Rule, State, judge, validate

POPULATION = Rule("population", "人口", Operator.LT, "50,000", unit="人")
OFFICE = Rule("subprefecture", "振興局", Operator.EQ, "根室振興局", unit="管内")
DEPOPULATED = Rule("is_depopulated", "過疎地域の指定", Operator.EQ, "はい")
STRENGTH = Rule("fiscal_strength", "財政力指数", Operator.LTE, "0.4")
JUDGED = Rule("", "", Operator.JUDGED, "広域性やモデル性の高い取組か、振興局長が判断します")

some_rules = st.lists(st.sampled_from([POPULATION, OFFICE, DEPOPULATED, STRENGTH, JUDGED]))
some_facts = st.fixed_dictionaries(
    {},
    optional={
        "population": st.none() | st.integers(0, 100_000).map(Decimal),
        "subprefecture": st.sampled_from([None, "根室振興局", "釧路総合振興局"]),
        "is_depopulated": st.none() | st.booleans(),
        "fiscal_strength": st.none() | st.decimals(0, 1, places=2),
    },
)


def reason(rule, fact):
    """The state and the one reason of a single rule over a single fact."""
    verdict = judge([rule], {rule.fact: fact})
    (only,) = verdict.reasons
    return verdict.state, only


@pytest.mark.parametrize(
    ("operator", "below", "at", "above"),
    [
        (Operator.EQ, False, True, False),
        (Operator.NE, True, False, True),
        (Operator.LT, True, False, False),
        (Operator.LTE, True, True, False),
        (Operator.GT, False, False, True),
        (Operator.GTE, False, True, True),
        (Operator.IN, False, True, False),
    ],
)
def test_numbers_are_compared(operator, below, at, above):
    rule = replace(POPULATION, operator=operator)
    states = [judge([rule], {"population": Decimal(fact)}).state for fact in (49_999, 50_000, 50_001)]
    assert states == [State.USABLE if holds else State.EXCLUDED for holds in (below, at, above)]


@pytest.mark.parametrize(
    ("rule", "fact", "said"),
    [
        (POPULATION, Decimal(24_000), "人口5万人未満"),
        (POPULATION, 24_000, "人口5万人未満"),
        (replace(POPULATION, operator=Operator.GTE, value="5000"), Decimal(24_000), "人口5,000人以上"),
        (replace(POPULATION, operator=Operator.GT, value="15000"), Decimal(24_000), "人口1万5,000人超"),
        (STRENGTH, Decimal("0.4"), "財政力指数0.4以下"),
        (OFFICE, "根室振興局", "根室振興局管内"),
        (OFFICE, "根室 振興局", "根室振興局管内"),
        (replace(OFFICE, operator=Operator.NE), "釧路総合振興局", "根室振興局管内以外"),
        (
            replace(OFFICE, operator=Operator.IN, value="釧路総合振興局; 根室振興局"),
            "根室振興局",
            "釧路総合振興局管内・根室振興局管内",
        ),
        (DEPOPULATED, True, "過疎地域の指定あり"),
        (replace(DEPOPULATED, value="いいえ"), False, "過疎地域の指定なし"),
        (replace(DEPOPULATED, operator=Operator.NE), False, "過疎地域の指定なし"),
        (replace(DEPOPULATED, wording="過疎地域"), True, "過疎地域"),
    ],
)
def test_a_rule_that_holds_says_so(rule, fact, said):
    assert reason(rule, fact) == (State.USABLE, said)


@pytest.mark.parametrize(
    ("rule", "fact", "said"),
    [
        (POPULATION, Decimal(62_345), "人口5万人未満ではありません（6万2,345人）"),
        (STRENGTH, Decimal("0.72"), "財政力指数0.4以下ではありません（0.72）"),
        (OFFICE, "釧路総合振興局", "根室振興局管内ではありません（釧路総合振興局管内）"),
        (replace(OFFICE, operator=Operator.NE), "根室振興局", "根室振興局管内は対象になりません"),
        (DEPOPULATED, False, "過疎地域の指定なし"),
        (replace(DEPOPULATED, operator=Operator.NE), True, "過疎地域の指定あり"),
        (replace(DEPOPULATED, wording_unmet="過疎地域ではありません"), False, "過疎地域ではありません"),
    ],
)
def test_a_rule_that_does_not_hold_says_what_is_instead(rule, fact, said):
    assert reason(rule, fact) == (State.EXCLUDED, said)


@pytest.mark.parametrize(
    ("rule", "fact"),
    [
        (DEPOPULATED, None),
        (DEPOPULATED, ""),
        (replace(DEPOPULATED, wording="過疎地域", wording_unmet="過疎地域ではありません"), None),
        (replace(DEPOPULATED, value="指定"), True),
        (replace(DEPOPULATED, operator=Operator.NE, value="指定"), True),
        (replace(DEPOPULATED, operator=Operator.LT, value="1"), True),
        (replace(DEPOPULATED, operator=Operator.LT, value="1"), "不明"),
        (replace(DEPOPULATED, operator=Operator.LT, value="少ない"), Decimal(1)),
        (replace(DEPOPULATED, value="少ない"), Decimal(1)),
    ],
)
def test_what_is_not_known_or_cannot_be_compared_is_to_be_asked(rule, fact):
    assert reason(rule, fact) == (State.DEPENDS, "過疎地域の指定が確認できません")


def test_a_fact_that_nobody_entered_is_not_known():
    assert judge([DEPOPULATED], {}).state == State.DEPENDS


def test_what_a_person_judges_is_said_in_the_rules_own_words():
    assert reason(JUDGED, Decimal(1)) == (State.DEPENDS, "広域性やモデル性の高い取組か、振興局長が判断します")


def test_no_rules_do_not_mean_that_everyone_may():
    verdict = judge([], {"population": Decimal(24_000)})
    assert (verdict.state, verdict.reasons) == (State.DEPENDS, (NO_RULES,))


def test_the_reasons_are_those_that_decide():
    facts = {"population": Decimal(24_000), "subprefecture": "釧路総合振興局"}
    assert judge([POPULATION, DEPOPULATED, OFFICE], facts).reasons == (
        "根室振興局管内ではありません（釧路総合振興局管内）",
    )
    assert judge([POPULATION, DEPOPULATED, JUDGED], facts).reasons == (
        "過疎地域の指定が確認できません",
        "広域性やモデル性の高い取組か、振興局長が判断します",
    )


def test_states_have_the_words_of_the_pages():
    assert [state.label for state in State] == ["使える", "条件次第", "対象外"]


@given(st.data(), some_rules, some_facts)
def test_the_order_of_rules_never_changes_the_state(data, rules, facts):
    assert judge(data.draw(st.permutations(rules)), facts).state == judge(rules, facts).state


@given(some_rules, some_facts)
def test_one_unmet_rule_more_excludes(rules, facts):
    unmet = Rule("kind", "種類", Operator.EQ, "市")
    assert judge([*rules, unmet], {**facts, "kind": "村"}).state == State.EXCLUDED


@given(some_rules, some_facts, some_facts)
def test_learning_more_never_changes_what_was_decided(rules, known, learned):
    before = judge(rules, known).state
    stated = {key: fact for key, fact in known.items() if fact is not None}
    after = judge(rules, {**learned, **stated}).state
    assert before in {State.DEPENDS, after}


@pytest.mark.parametrize("rule", [POPULATION, OFFICE, DEPOPULATED, STRENGTH, JUDGED, replace(OFFICE, operator="eq")])
def test_a_sound_rule_is_valid(rule):
    validate(rule)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (replace(POPULATION, value="5万"), "「5万」は数ではありません"),
        (replace(POPULATION, value="少ない"), "「少ない」は数ではありません"),
        (replace(POPULATION, value="－"), "「－」は数ではありません"),
        (replace(POPULATION, value=" "), "値が空です"),
        (replace(OFFICE, operator=Operator.IN, value="釧路総合振興局;"), "値が空です"),
        (replace(OFFICE, value="釧路総合振興局；根室振興局"), "いずれかに当たるか"),
        (replace(OFFICE, fact=""), "何を比べるか"),
        (replace(OFFICE, operator="like"), "「like」という比べ方はありません"),
        (replace(JUDGED, value=""), "だれが何を見て判断するか"),
    ],
)
def test_a_value_that_does_not_fit_its_operator_is_refused(rule, said):
    with pytest.raises(ValueError, match=said):
        validate(rule)
