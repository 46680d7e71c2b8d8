"""Third-party HTML as plain text. It is data: nothing in it is ever followed, run or shown as ours."""

import re
from html.parser import HTMLParser

LONGEST = 200_000
SILENT = {"script", "style", "template", "noscript", "iframe", "object"}
OWN_LINE = {
    *("p", "div", "br", "li", "ul", "ol", "tr", "table", "section", "hr", "dt", "dd", "blockquote"),
    *("h1", "h2", "h3", "h4", "h5", "h6"),
}


def plain_text(html: str) -> str:
    """The words alone, a line for each block; no tags, scripts, styles, entities or invisible characters."""
    reader = _Words()
    try:
        reader.feed(html[:LONGEST])
        reader.close()
    except AssertionError:  # html.parser on a malformed declaration; what came before it stands
        pass
    visible = "".join(c if c.isprintable() or c == "\n" else " " for c in "".join(reader.found))
    lines = (re.sub(r"\s+", " ", line).strip() for line in visible.split("\n"))
    return "\n".join(filter(None, lines))


def one_line(html: str) -> str:
    return " ".join(plain_text(html).split())


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self._silent += 1
        self.found.append("\n" if tag in OWN_LINE else " " if tag in ("td", "th") else "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append("\n" if tag in OWN_LINE else "")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT and self._silent:
            self._silent -= 1
        if tag in OWN_LINE:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)
