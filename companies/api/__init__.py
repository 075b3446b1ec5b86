"""The read-only JSON interface under /api/v1/, described to its users in docs/api.md."""
