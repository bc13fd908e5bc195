import pytest

from sumairu.lib.table_labels import labelled

HEAD = "<thead><tr><th>市町村</th><th class='number'>額<span class=\"unit\">円</span></th></tr></thead>"


def test_each_cell_has_the_header_of_its_column_and_a_row_s_own_header_none():
    html = labelled(f"<table class='figures'>{HEAD}<tr><th scope='row'>根室市</th><td>1</td></tr></table>")
    assert html.startswith("<table class='figures' data-stacks>")
    assert "<th scope='row'>根室市</th><td data-label=\"額（円）\">1</td>" in html


def test_every_row_begins_at_the_first_column():
    html = labelled(f"<table>{HEAD}<tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table>")
    assert html.count('data-label="市町村"') == html.count('data-label="額（円）"') == 2


def test_a_cell_over_several_columns_has_no_label_and_moves_the_next():
    html = labelled("<table><thead><tr><th>a<th>b<th>c</thead><tr><td colspan=2>x</td><td>y</td></tr></table>")
    assert '<td colspan=2>x</td><td data-label="c">y</td>' in html


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>1</td></tr></table>",
        "<table><thead><tr><th>a</th></tr><tr><th>b</th></tr></thead><tr><td>1</td></tr></table>",
        f"<table data-keeps>{HEAD}<tr><td>1</td></tr></table>",
    ],
    ids=["no header", "two header rows", "asked to be kept"],
)
def test_what_has_no_one_header_stays_a_table(table):
    assert labelled(table) == table


def test_a_label_cannot_leave_its_attribute():
    html = labelled(
        """<table><thead><tr><th>a "b" &lt;c&gt; <i title='"'>d</i></th></tr></thead><tr><td>1</td></tr></table>"""
    )
    assert '<td data-label="a &quot;b&quot; &lt;c&gt; d">' in html


def test_only_tables_change():
    text = "<p>td</p>" + labelled(f"<table>{HEAD}</table>") + "<td>"
    assert labelled(text).endswith("<td>")
