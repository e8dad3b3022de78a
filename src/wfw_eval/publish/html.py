"""Pages as HTML files: no script, no address on a network, readable from a disk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from importlib.resources import files

from markupsafe import Markup

from wfw_eval.chapters.blocks import Heading
from wfw_eval.chapters.fragments import environment
from wfw_eval.chapters.page import Page
from wfw_eval.chapters.words import long_date
from wfw_eval.publish.standing import LICENCE_LINE, Standing, banners, policy_line


def html_page(page: Page, standing: Standing) -> str:
    """Return a page as HTML."""
    return (
        environment()
        .get_template("page.html.j2")
        .render(
            page=page,
            style=_style(),
            banners=banners(page.header, standing),
            headings=[
                block for block in page.blocks if isinstance(block, Heading) and block.level == 2
            ],
            policy_line=policy_line(page),
            licence_line=LICENCE_LINE,
        )
    )


def html_index(pages: Sequence[Page], standing: Standing = "release") -> str:
    """Return the page that leads to the chapters of a release."""
    header = pages[0].header
    return (
        environment()
        .get_template("index.html.j2")
        .render(
            pages=pages,
            header=header,
            data_cut=long_date(dt.date.fromisoformat(header.data_cut)),
            style=_style(),
            banners=banners(header, standing),
            policy_line=policy_line(pages[0]),
            licence_line=LICENCE_LINE,
        )
    )


def _style() -> Markup:
    style = files("wfw_eval.publish") / "templates" / "page.css"
    return Markup(style.read_text(encoding="utf-8"))
