"""Taking in the workbooks, CSV and Parquet files people send, and telling all that was done."""

from wfw_eval.records.intake.model import FileRead, Intake, Repair, SheetRead
from wfw_eval.records.intake.take import take_in
from wfw_eval.records.intake.write import write_intake

__all__ = ["FileRead", "Intake", "Repair", "SheetRead", "take_in", "write_intake"]
