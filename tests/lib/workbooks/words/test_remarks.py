import pytest

from sumairu.lib.workbooks.words.remarks import stands_for_number


@pytest.mark.parametrize("text", ["12～15", "約45", "1,23", "45億程度", "調整中", "未定", "？"])
def test_some_texts_stand_for_numbers(text):
    assert stands_for_number(text)


@pytest.mark.parametrize("text", ["制度名", "R3年度", "30年度", "2021", "６月補正", "（千円）", "札幌市", "一" * 400])
def test_names_of_columns_do_not(text):
    assert not stands_for_number(text)
