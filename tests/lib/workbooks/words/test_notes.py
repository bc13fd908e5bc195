from sumairu.lib.workbooks.words.notes import is_caption, is_note


def test_notes_and_captions_are_told_from_titles():
    assert [is_note(text) for text in ("※ 見込み", "（注）四捨五入", "注　当初", "注文住宅の支援", "資料館の運営")] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert [is_caption(text) for text in ("別紙１", "資料２－１", "（参考）", "参考図書の整備")] == [
        True,
        True,
        True,
        False,
    ]
