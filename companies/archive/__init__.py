"""Public pages as they stood at the end of a day, rebuilt from the history and never stored.

Only reads. What may be shown is decided in docs/decisions/0019-pages-as-they-stood.md.
"""

from companies.archive.chain import NotThenError
from companies.archive.claim import ArchivedClaim, claim_on
from companies.archive.passage import Passage
from companies.archive.profile import ArchivedProfile, ArchivedProfiles, profiles_on

__all__ = [
    "ArchivedClaim",
    "ArchivedProfile",
    "ArchivedProfiles",
    "NotThenError",
    "Passage",
    "claim_on",
    "profiles_on",
]
