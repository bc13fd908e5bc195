import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sumairu.lib.markdown import TAGS, plain, render


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


def test_no_heading_is_below_the_sixth():
    assert "<h6>五</h6>" in render("# 一\n## 二\n### 三\n#### 四\n##### 五", 3)


def test_a_picture_is_not_fetched_from_elsewhere():
    assert "<img" not in render("![景色](https://example.jp/a.png)")


def test_a_table_keeps_its_cells_and_no_styles():
    html = render("| 年 | 額 |\n|---|--:|\n| 3 | 45 |")
    assert "<td>45</td>" in html
    assert "style" not in html


@given(st.text(alphabet="<>&\"'`*_[]()!#-+|\\/:; \n\tjavascript onload=あ", max_size=200))
def test_no_text_brings_a_tag_or_an_attribute_of_its_own(text):
    tags = re.findall(r"<(/?)(\w+)([^>]*)>", render(text))
    assert {name for _, name, _ in tags} <= TAGS
    for _, name, attributes in tags:
        assert not attributes.strip(" /") or name in ("a", "ol")
        assert "javascript:" not in attributes.lower()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("# 見出し\n\n**本文**の\n続き", "見出し 本文の 続き", id="marks and breaks"),
        pytest.param("- 一\n- `二`", "一 二", id="list"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_plain_text_has_the_words_alone(text, words):
    assert plain(text) == words
