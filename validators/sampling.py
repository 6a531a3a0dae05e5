"""How many branches a spot check (抽查) takes."""

from decimal import ROUND_CEILING, Decimal


def sample_size(branches: int, rate: Decimal) -> int:
    """R-INSP-SAMPLE: n = ceil(N × rate) in exact arithmetic; 0 for no branches."""
    return int((Decimal(branches) * rate).to_integral_value(rounding=ROUND_CEILING))
