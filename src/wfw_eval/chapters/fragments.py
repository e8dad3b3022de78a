"""Blocks as HTML, for the notebook and for the published page alike."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from functools import cache

import jinja2
from markupsafe import Markup

from wfw_eval.chapters.blocks import Block, Figure, Spans
from wfw_eval.chapters.figures import draw

#: How the kinds of paragraph that are set apart introduce themselves.
ROLES = {"promise": "What was promised.", "limit": "What is not known.", "finding": "Finding."}


@cache
def environment() -> jinja2.Environment:
    """Return the template environment; every value is escaped unless it is our own markup."""
    made = jinja2.Environment(
        loader=jinja2.ChoiceLoader(
            [jinja2.PackageLoader("wfw_eval.chapters"), jinja2.PackageLoader("wfw_eval.publish")]
        ),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    made.globals.update(anchor=anchor, picture=picture, roles=ROLES)
    return made


def html_fragment(blocks: Iterable[Block], *, pictures: bool = False) -> str:
    """Return blocks as HTML without page, style or script."""
    module = environment().get_template("blocks.html.j2").module
    return "".join(str(module.block(block, pictures)) for block in blocks)  # type: ignore[attr-defined]


def anchor(spans: Spans) -> str:
    """Return a heading's id.

    >>> from wfw_eval.chapters.blocks import Span
    >>> anchor((Span("Who was reached?"),))
    'who-was-reached'
    """
    words = "".join(span.text for span in spans).lower()
    return re.sub(r"[^a-z0-9]+", "-", words).strip("-")


def picture(figure: Figure) -> Markup:
    """Return a figure's picture as an address that needs no network."""
    encoded = base64.b64encode(draw(figure, "svg")).decode("ascii")
    return Markup(f"data:image/svg+xml;base64,{encoded}")
