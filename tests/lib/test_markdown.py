import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sumairu.lib.markdown import ATTRIBUTES, CLASSES, TAGS, _words, excess, limits, plain, render, tokens_of
from sumairu.lib.markdown.problems import links, problems
from tests.exhaustive import ALL, sample


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("**太字**と*強調*", "<p><strong>太字</strong>と<em>強調</em></p>", id="stress"),
        pytest.param("- 一\n- 二", "<ul>\n<li>一</li>\n<li>二</li>\n</ul>", id="list"),
        pytest.param("## 小見出し", "<h3>小見出し</h3>", id="headings below the page's own"),
        pytest.param("# 一\n#### 二", "<h3>一</h3>\n<h4>二</h4>", id="no level left out"),
        pytest.param("### 二\n# 一", "<h3>二</h3>\n<h3>一</h3>", id="no level left out at the start"),
        pytest.param("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>", id="no HTML"),
        pytest.param("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>", id="no script in a link"),
        pytest.param("[道](/regions/)", '<p><a href="/regions/" rel="noopener noreferrer">道</a></p>', id="own pages"),
    ],
)
def test_markdown_becomes_safe_html(text, html):
    assert render(text, 3).strip() == html


def words(text):
    """What `text` becomes, in short: without line ends and the attributes of links and boxes."""
    return re.sub(r"<(a|div) [^>]*>", r"<\1>", render(text)).replace("\n", "")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("一行目\n二行目", "<p>一行目<br>二行目</p>", id="line breaks stay"),
        pytest.param("一行目\r\n二行目\r三行目", "<p>一行目<br>二行目<br>三行目</p>", id="of every system"),
        pytest.param("　一段\n　二段", "<p>　一段<br>　二段</p>", id="wide indents stay"),
        pytest.param("    四つの空白", "<p>四つの空白</p>", id="an indent is no code"),
        pytest.param("本文\n----\n次", "<p>本文</p><hr><p>次</p>", id="a line below a text is no heading"),
        pytest.param("一\n―――――\n二", "<p>一</p><hr><p>二</p>", id="a line of wide dashes"),
        pytest.param("[注]: 当日まで", "<p>[注]: 当日まで</p>", id="no definition vanishes"),
        pytest.param("2027. 4. 1", "<p>2027. 4. 1</p>", id="a day"),
    ],
)
def test_lines_are_as_they_were_typed(text, html):
    assert words(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("・一\n・二", "<ul><li>一</li><li>二</li></ul>", id="・"),
        pytest.param("･一\n●二", "<ul><li>一</li><li>二</li></ul>", id="half-width and ●"),
        pytest.param("•\t一\n\uf0b7\t二\n‐ 三", "<ul><li>一</li><li>二</li><li>三</li></ul>", id="Word"),
        pytest.param("‐一\n‐二", "<ul><li>一</li><li>二</li></ul>", id="hyphen without a space"),
        pytest.param("次のとおり\n・一", "<p>次のとおり</p><ul><li>一</li></ul>", id="after a line"),
        pytest.param(
            "・一\n　・二\n・三", "<ul><li>一<ul><li>二</li></ul></li><li>三</li></ul>", id="nested by a wide space"
        ),
        pytest.param("・一\n ・二", "<ul><li>一<ul><li>二</li></ul></li></ul>", id="nested by one space"),
        pytest.param(
            "・一\n　　・二\n　　　　・三\n　　・四",
            "<ul><li>一<ul><li>二<ul><li>三</li></ul></li><li>四</li></ul></li></ul>",
            id="three levels",
        ),
        pytest.param("　　　・一\n　　　・二", "<ul><li>一</li><li>二</li></ul>", id="all of it indented"),
        pytest.param("・日時\n　　午後１時", "<ul><li>日時<br>　　午後１時</li></ul>", id="a second line"),
        pytest.param("1.一\n2.二", "<ol><li>一</li><li>二</li></ol>", id="numbers without a space"),
        pytest.param("１．一\n２．二", "<ol><li>一</li><li>二</li></ol>", id="wide numbers"),
        pytest.param("３．　三", '<ol start="3"><li>三</li></ol>', id="beginning with the third"),
        pytest.param("１．一\n　・二", "<ol><li>一<ul><li>二</li></ul></li></ol>", id="points below a number"),
        pytest.param("＊　一", "<ul><li>一</li></ul>", id="wide asterisk"),
        pytest.param("・・・", "<p>・・・</p>", id="three dots are no list"),
        pytest.param("1.5倍\n３．１１", "<p>1.5倍<br>３．１１</p>", id="decimals"),
        pytest.param("■目的\n○一", "<p>■目的<br>○一</p>", id="marks of headings stay"),
        pytest.param("(1)\t一\n(2)\t二", "<p>(1)\t一<br>(2)\t二</p>", id="Word's numbers are no table"),
        pytest.param("＃　目的", "<h3>目的</h3>", id="wide heading"),
        pytest.param("##目的", "<h3>目的</h3>", id="no space after two"),
        pytest.param("#釧路 #湿原", "<p>#釧路 #湿原</p>", id="hashtags"),
        pytest.param("＞　引用", "<blockquote><p>引用</p></blockquote>", id="wide quotation"),
    ],
)
def test_marks_that_people_type_begin_lists_and_headings(text, html):
    assert words(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "3*4と50*60",
        "縦3*横4*高さ5",
        "３＊４",
        "3*4*5",
        "幅3m*奥行2m*高さ1m",
        "100円*20人*3日",
        "(3)*(4)*(5)",
        "2**3**4",
        "a_b_c",
    ],
)
def test_a_mark_between_factors_is_itself(text):
    assert render(text) == f"<p>{text}</p>\n"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**「釧路」**は", "<strong>「釧路」</strong>は"),
        ("これは**（重要）**です", "これは<strong>（重要）</strong>です"),
        ("これは*3日間*です", "これは<em>3日間</em>です"),
        ("＊＊重要＊＊", "<strong>重要</strong>"),
        ("**A**と**B**", "<strong>A</strong>と<strong>B</strong>"),
    ],
)
def test_stress_needs_no_spaces(text, html):
    assert words(text) == f"<p>{html}</p>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("見て https://a.jp/x(1)。次", "見て <a>https://a.jp/x(1)</a>。次"),
        ("（https://a.jp/）", "（<a>https://a.jp/</a>）"),
        ("(https://a.jp/)", "(<a>https://a.jp/</a>)"),
        ("kan.ko@a.lg.jpへ", "<a>kan.ko@a.lg.jp</a>へ"),
        ("[道]（https://a.jp/）", "<a>道</a>"),
        ("［道］(/regions/)", "<a>道</a>"),
    ],
)
def test_addresses_are_links(text, html):
    assert words(text) == f"<p>{html}</p>"


def table(html):
    """The cells of the only table in `html`, row by row."""
    assert html.count("<table>") == 1
    return [
        re.findall(r"<t[hd]>(.*?)</t[hd]>", row, re.DOTALL) for row in re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param(
            "町\t人口\r\n釧路市\t165,077\r\n厚岸町\t8,892",
            [["町", "人口"], ["釧路市", "165,077"], ["厚岸町", "8,892"]],
            id="Excel",
        ),
        pytest.param(
            "町\t人口\t\n釧路市\t3\t\n\t\t\n", [["町", "人口"], ["釧路市", "3"]], id="empty cells at the edges"
        ),
        pytest.param("\t人口\n釧路市\t3", [["", "人口"], ["釧路市", "3"]], id="an empty corner"),
        pytest.param(
            '町\t注\n釧路市\t"・一\n・二"', [["町", "注"], ["釧路市", "・一<br>\n・二"]], id="lines in a cell"
        ),
        pytest.param(
            '町\t注\n釧路市\t"一""二"""', [["町", "注"], ["釧路市", "一&quot;二&quot;"]], id="quotation marks"
        ),
        pytest.param(
            "町\t積\n釧路市\t3*4\n根室市\t5*6", [["町", "積"], ["釧路市", "3*4"], ["根室市", "5*6"]], id="products"
        ),
        pytest.param("前の文\n町\t数\n釧路市\t3\n後の文", [["町", "数"], ["釧路市", "3"]], id="between lines"),
        pytest.param("・一\n町\t数\n釧路市\t3", [["町", "数"], ["釧路市", "3"]], id="after a list"),
        pytest.param("|年|額|\n|-|-|\n|3|45|\n|4|5|", [["年", "額"], ["3", "45"], ["4", "5"]], id="Markdown's own"),
        pytest.param("|年|額|\n|3|45|", [["年", "額"], ["3", "45"]], id="bars alone"),
        pytest.param(
            "｜年｜センター｜\n｜－｜ー｜\n｜3｜一－二｜", [["年", "センター"], ["3", "一－二"]], id="wide bars"
        ),
    ],
)
def test_tables_are_tables(text, rows):
    assert [[cell.replace('"', "&quot;") for cell in row] for row in table(render(text))] == rows


def test_a_title_above_a_pasted_table_is_its_caption():
    html = render("入込客数（人）\t\t\n町\t4月\t5月\n釧路市\t1,200\t900\n厚岸町\t80\t－")
    assert "<caption>入込客数（人）</caption>" in html
    assert table(html)[0] == ["町", "4月", "5月"]
    assert 'class="wide-table number-2 number-3"' in html


def test_one_line_with_a_tab_is_no_table():
    assert "<table" not in render("日時\t4月1日\n\n場所\t釧路市")


def test_no_heading_is_below_the_sixth():
    assert "<h6>五</h6>" in render("# 一\n## 二\n### 三\n#### 四\n##### 五", 3)


def test_a_picture_is_not_fetched_from_elsewhere():
    assert words("![景色](https://example.jp/a.png)") == "<p><a>画像：景色</a></p>"


def test_a_table_keeps_its_cells_and_no_styles():
    html = render("| 年 | 額 |\n|---|--:|\n| 3 | 45 |")
    assert "<td>45</td>" in html
    assert "style" not in html


TYPED = "<>&\"'`*_[]()!#-+|\\/:; \n\t　・＊＃１．｜●^~=@.\x00\uf0b7javascript onload=あhttps"


@settings(max_examples=1000 if ALL else 30)
@given(
    st.lists(
        st.sampled_from([*TYPED, "https://a.jp/", "**", "|-|\n", "\n\n", "1. ", "](/a)", "```\n"]), max_size=120
    ).map("".join)
)
def test_no_text_brings_a_tag_or_an_attribute_of_its_own(text):
    html = render(text)
    tags = re.findall(r"<(/?)(\w+)([^>]*)>", html)
    assert {name for _, name, _ in tags} <= TAGS
    for _, name, attributes in tags:
        found = dict(re.findall(r'([\w-]+)="([^"]*)"', attributes))
        assert set(found) <= ATTRIBUTES.get(name, set()) | {"rel", "class"}
        assert set(found.get("class", "").split()) <= CLASSES.get(name, set())
        assert "javascript:" not in found.get("href", "").lower()
    assert len(html) <= limits.MOST_HTML
    assert all(problem.line <= text.count("\n") + text.count("\r") + 1 for problem in problems(text))
    plain(text)


@given(st.text(alphabet="あい、。「」（3*4 \n　", max_size=80))  # without ）: an item's number is no word
def test_no_word_is_lost(text):
    assert sorted(re.sub(r"[\s*　]", "", plain(text))) == sorted(re.sub(r"[\s*　]", "", text))


def of(piece, letters=limits.MOST_LETTERS):
    return (piece * (letters // len(piece) + 1))[:letters]


PIECES = [
    "[",
    "![",
    "*",
    "**a",
    "*a_",
    "`",
    "<",
    "&",
    "(",
    "[a](",
    "[a](b)",
    "\\",
    ">",
    "> ",
    "- ",
    "・\n",
    "|",
    "|a|\n|-|\n",
]
PIECES += [
    "a\tb\n",
    '"\t',
    '"a\n\t',
    "a@a.a",
    "http://aaaa",
    "*a ",
    "a* ",
    "＊＊a",
    "［a］（/",
    "｜　",
    "#",
    "１．",
    "~~~\n",
    "\u3000・a\n",
]
HEAVY = {piece: of(piece) for piece in PIECES}
HEAVY |= {f"{piece} in paragraphs": "\n\n".join([of(piece, 900)] * 33) for piece in PIECES}
HEAVY |= {
    "a table of few marks": "|" + "a|" * 3000 + "\n|" + "-|" * 3000 + "\n" + "|\n" * 2500,
    "links that repeat": "[a]: https://example.jp/" + "x" * 2000 + "\n\n" + "[a] " * 5000,
    "quotations in quotations": "\n".join(">" * depth + "a" for depth in range(1, 200)),
    "lists in lists": "\n".join("　" * depth + "・a" for depth in range(150)),
    "code of many lengths": "".join("`" * length + "a" for length in range(1, 240)),
    "brackets in brackets": "[" * 10000 + "a" + "]" * 10000,
    "dashes": "-" * 29_000 + "x",
    "an endless text": "あ" * 3_000_000,
}


@pytest.mark.parametrize("text", sample(HEAVY.values(), every=5), ids=sample(HEAVY, every=5))
def test_no_text_takes_long_or_becomes_much(text):
    began = time.process_time()
    html = render(text)
    assert time.process_time() - began < 5  # the slowest takes a tenth of that
    assert len(html) <= limits.MOST_HTML


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("あ" * 30_001, "文章が長すぎます（30,001字）。30,000字まで", id="letters"),
        pytest.param("\n" * 3_000, "行が多すぎます（3,001行）。3,000行まで", id="lines"),
        pytest.param("[a](/b) " * 301, "リンクが多すぎます（301か所）。300か所まで", id="links"),
        pytest.param("https://a.jp/ " * 301, "リンクが多すぎます（301か所）。300か所まで", id="bare links"),
        pytest.param("a\tb\n" * 1_501, "表のますが多すぎます（3,002ます）。全部で3,000ますまで", id="cells"),
        pytest.param(
            "|a" * 600 + "|\n" + "|-" * 600 + "|\n|b|\n|c|\n|d|",
            "表のますが多すぎます（3,005ます）",
            id="cells that are filled up",
        ),
        pytest.param(
            "\n".join("　" * depth + "・a" for depth in range(11)), "段が深すぎます（11段）。10段まで", id="levels"
        ),
        pytest.param("*a*" * 501, "書式の記号（* [ ] など）が多すぎます（1,002個）", id="marks"),
    ],
)
def test_what_is_too_much_is_said_in_words(text, sentence):
    assert sentence in " ".join(excess(text))


def test_what_officials_write_is_never_too_much():
    towns = "\n".join("\t".join([f"第{town}町", *map(str, range(9))]) for town in range(179))
    assert not excess(f"# 目的\n\n{'・取組の内容を書きます。' * 30}\n\n{towns}\n")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("![図](https://a.jp/a.png)", [(1, "画像は本文に入れられません")], id="picture"),
        pytest.param("一\n二\n・![図](a.png)", [(3, "画像は本文に入れられません")], id="picture in a list"),
        pytest.param(
            "町\t図\n釧路市\t![図](a.png)", [(2, "画像は本文に入れられません")], id="picture in a pasted table"
        ),
        pytest.param("[a](index.html)", [(1, "「index.html」は読み取れません")], id="relative"),
        pytest.param("[a](#目的)", [(1, "「#目的」は読み取れません")], id="within the page"),
        pytest.param("一\n[a](https:／／a.jp/あ い)", [(2, "リンクを読み取れません")], id="spaces within"),
        pytest.param("[a](javascript:x)", [(1, "リンクを読み取れません")], id="script"),
        pytest.param("[a](https://a.jp/)と[b](/regions/)と[注]（当日）と[c] (https://a.jp)", [], id="bracketed words"),
        pytest.param("[a](mailto:a@b.jp)", [], id="mail"),
    ],
)
def test_problems_are_told_with_their_line(text, found):
    told = problems(text)
    assert [problem.line for problem in told] == [line for line, _ in found]
    assert all(sentence in problem.sentence for problem, (_, sentence) in zip(told, found, strict=True))


def test_links_to_own_pages_are_known_with_their_line():
    text = "[一](/a/)\n\n- [二](/b/?x=1)\n- [三](https://a.jp/c/)\n- [四](//a.jp/d/) [一](/a/)"
    assert [(link.line, link.address) for link in links(text)] == [(1, "/a/"), (3, "/b/?x=1")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("# 見出し\n\n**本文**の\n続き", "見出し 本文の 続き", id="marks and breaks"),
        pytest.param("- 一\n- `二`", "一 二", id="list"),
        pytest.param("・一\n　・二", "一 二", id="・"),
        pytest.param("町\t数\n釧路市\t3*4", "町 数 釧路市 3*4", id="pasted table"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_plain_text_has_the_words_alone(text, words):
    assert plain(text) == words


@given(
    st.text("あンー・々、。「」（）1２aZ\n漢")
    | st.lists(st.sampled_from(["観光", "・", "1", "１）", "\n", "ー" * 5, "。", "A"])).map("".join)
)
def test_letters_that_mean_themselves_are_taken_as_they_are_read(text):
    read = " ".join(" ".join(_words(tokens_of(text))).split())
    assert plain(text) == read
