"""What comes back from Meta."""
from datetime import datetime

from sqlalchemy import Column, Date, DateTime, Float, Integer, Numeric, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class UnifiedConversion(Base):
    __tablename__ = "unified_conversions"

    id = Column(Integer, primary_key=True)
    external_id = Column(String(255), unique=True, nullable=False)
    source = Column(String(50), nullable=False)
    value = Column(Numeric(12, 2))
    occurred_at = Column(DateTime(timezone=True), nullable=False)


class AccountHealthScore(Base):
    __tablename__ = "account_health_scores"

    account_id = Column(String(100), primary_key=True)
    day = Column(Date, primary_key=True)
    score = Column(Float, nullable=False)


class BudgetShift(Base):
    __tablename__ = "budget_shifts"

    id = Column(Integer, primary_key=True)
    from_campaign = Column(String(100))
    to_campaign = Column(String(100))
    cents = Column(Integer, nullable=False)
    shifted_at = Column(DateTime, default=datetime.utcnow)
