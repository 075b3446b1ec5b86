"""Making one entry of several that stand for the same: first a plan to look at, then the deed.

steps      what a merge would do, as data; company, technology, source: how each kind is planned
execution  doing it, in one transaction, exactly as the plan says or not at all
"""

from companies.merging.execution import ObstructedError, PlanChangedError, merge, plan
from companies.merging.steps import FEWEST, MOST, Plan

__all__ = ["FEWEST", "MOST", "ObstructedError", "Plan", "PlanChangedError", "merge", "plan"]
