"""A page as one HTML file: no script, no address on a network, readable from a disk."""

from __future__ import annotations

from importlib.resources import files

from markupsafe import Markup

from wfw_eval.chapters.blocks import Heading
from wfw_eval.chapters.fragments import environment
from wfw_eval.chapters.page import Page
from wfw_eval.publish.standing import LICENCE_LINE, Standing, banners, policy_line


def html_page(page: Page, standing: Standing) -> str:
    """Return a page as HTML."""
    style = (files("wfw_eval.publish") / "templates" / "page.css").read_text(encoding="utf-8")
    return (
        environment()
        .get_template("page.html.j2")
        .render(
            page=page,
            style=Markup(style),
            banners=banners(page.header, standing),
            headings=[
                block for block in page.blocks if isinstance(block, Heading) and block.level == 2
            ],
            policy_line=policy_line(page),
            licence_line=LICENCE_LINE,
        )
    )
