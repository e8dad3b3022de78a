"""Independent evaluation of a co-production process, as reproducible notebooks.

A notebook opens its chapter and writes it::

    from wfw_eval import open_chapter

    chapter = open_chapter("04", "params/example.yaml")
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wfw_eval.chapters.chapter import Chapter as Chapter
    from wfw_eval.chapters.chapter import open_chapter as open_chapter

__all__ = ["Chapter", "open_chapter"]


def __getattr__(name: str) -> Any:
    """Import the chapter machinery only when a notebook asks for it."""
    if name in __all__:
        from wfw_eval.chapters import chapter

        return getattr(chapter, name)
    raise AttributeError(f"module 'wfw_eval' has no attribute {name!r}")
