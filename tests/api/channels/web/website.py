"""An association's website on another origin, as strict as websites get."""

from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from tests.api.serving import Server

ASSOCIATION = "kanazawa-ryokan"
PAGE = """<!doctype html>
<html lang="ja">
<head>
  <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
  <title>金沢市旅館組合</title>
  {head}
</head>
<body>
  <main><h1>組合員のみなさまへ</h1><p>{words}</p><label>さがす <input name="q"></label></main>
  {body}
</body>
</html>"""
WORDS = "当組合では、組合員のみなさまの情報セキュリティのご相談をお受けしています。" * 8


class Website:
    """Carries the widget by one script tag; ``head`` puts the tag there instead of the end of the body."""

    def __init__(self, gateway: str, association: str = ASSOCIATION) -> None:
        self.gateway = gateway
        self.tag = f'<script src="{gateway}/widget.js" data-association="{association}"></script>'
        self.policy = (
            f"default-src 'none'; script-src {gateway}; connect-src {gateway}; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        )
        app = FastAPI()
        app.add_api_route("/", self._page)
        app.add_api_route("/head", self._in_head)
        app.add_api_route("/async", self._async)
        self._server = Server(app)
        self.url = self._server.url

    def close(self) -> None:
        self._server.close()

    def _page(self) -> HTMLResponse:
        return self._answer(PAGE.format(head="", words=WORDS, body=self.tag))

    def _in_head(self) -> HTMLResponse:
        return self._answer(PAGE.format(head=self.tag, words=WORDS, body=""))

    def _async(self) -> HTMLResponse:
        return self._answer(
            PAGE.format(head=self.tag.replace("<script", "<script async"), words=WORDS, body="")
        )

    def _answer(self, html: str) -> HTMLResponse:
        return HTMLResponse(html, headers={"Content-Security-Policy": self.policy})
