"""The workbook that suppliers fill in, made from the contracts."""

from wfw_eval.records.workbook.template import write_template

__all__ = ["write_template"]
