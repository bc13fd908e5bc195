"""What must hold for every file that is committed."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# Where packages come from is the machine's business. The brackets keep this line from finding itself.
REGISTRIES = re.compile(
    r"[p]ypi\.org|[p]ythonhosted\.org|[r]egistry\.npmjs|[d]eb\.debian\.org|[-]-(?:extra-)?index-url"
)
ANOTHER_HOST = re.compile(r"(?:https?:)?//[\w.-]+\.\w+[^\s\"')]*")
# In a page, what the browser fetches by itself; a link that a reader may follow is not of them.
FETCHED = re.compile(
    r"<(?!a\b)\w+[^>]*\s(?:src|href|srcset|poster|data|action)=[\"'](?:https?:)?//[^\"']*", re.IGNORECASE
)
NAMES_NOT_FETCHED = ("http://www.w3.org/", "https://www.w3.org/")


def committed(*patterns):
    listing = subprocess.run(["git", "ls-files", "-z", "--", *patterns], cwd=ROOT, capture_output=True, check=True)
    return [ROOT / name for name in listing.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def relative(path):
    return str(path.relative_to(ROOT))


def test_no_file_names_a_package_registry():
    texts = {relative(path): path.read_text(errors="ignore") for path in committed()}
    assert {name: found for name, text in texts.items() if (found := REGISTRIES.findall(text))} == {}


@pytest.mark.parametrize("path", committed("static/*.css", "static/*.js", "static/*.svg"), ids=relative)
def test_no_static_file_names_another_host(path):
    named = ANOTHER_HOST.findall(re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL))
    assert [address for address in named if not address.startswith(NAMES_NOT_FETCHED)] == []


@pytest.mark.parametrize("path", committed("*.html"), ids=relative)
def test_no_page_fetches_from_another_host(path):
    assert FETCHED.findall(path.read_text()) == []


@pytest.mark.parametrize("path", committed("*.md"), ids=relative)
def test_what_a_document_shows_and_links_is_there(path):
    text = path.read_text()
    headings = {re.sub(r"\s", "-", heading.strip()) for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)}
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", text):
        assert target[1:] in headings if target.startswith("#") else (path.parent / target).exists(), target
