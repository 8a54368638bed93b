"""Alerts about campaigns."""
from sqlalchemy import Boolean, Column, DateTime, Float, Integer, String, Text
from sqlalchemy.orm import declarative_base
from sqlalchemy.sql import func

Base = declarative_base()


class AlertRule(Base):
    __tablename__ = "alert_rules"

    id = Column(Integer, primary_key=True)
    name = Column(String(100), nullable=False)
    metric = Column(String(50), nullable=False)
    threshold = Column(Float, nullable=False)
    enabled = Column(Boolean, default=True)

    @@index([metric])


class AlertEvent(Base):
    __tablename__ = "alert_events"

    id = Column(Integer, primary_key=True)
    rule_id = Column(Integer, nullable=False)
    message = Column(Text)
    fired_at = Column(DateTime(timezone=True), server_default=func.now())
