"""Makes and finds quotes."""
from datetime import datetime, timedelta, timezone
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Boat, DiscountCode, PriceRule, Quote


def quote(session: Session, boat: Boat, season: str, days: int) -> Quote:
    rule = session.scalars(select(PriceRule).where(PriceRule.boat_id == boat.id, PriceRule.season == season)).one()
    made = Quote(
        boat_id=boat.id,
        amount=Decimal(float(boat.daily_rate) * days * rule.multiplier),
        expires_at=datetime.now(timezone.utc) + timedelta(days=3),
    )
    session.add(made)
    return made


def is_valid(code: DiscountCode) -> bool:
    return code.valid_until > datetime.now(timezone.utc)


def find(session: Session, quote_id: str) -> Quote | None:
    return session.get(Quote, quote_id)
