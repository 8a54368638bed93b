"""Scripts and their scores."""
import uuid

from sqlalchemy import Column, DateTime, ForeignKey, Integer, Numeric, String, Text
from sqlalchemy.dialects.postgresql import JSONB, UUID
from sqlalchemy.orm import declarative_base
from sqlalchemy.sql import func

Base = declarative_base()


class Campaign(Base):
    __tablename__ = "campaigns"

    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)
    product_name = Column(Text, nullable=False)
    offer = Column(Text, nullable=False)


class Blueprint(Base):
    __tablename__ = "blueprints"

    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)
    campaign_id = Column(UUID(as_uuid=True), ForeignKey("campaigns.id", ondelete="CASCADE"), nullable=False)
    title = Column(String(255), nullable=False)
    hook = Column(Text)
    script_json = Column(JSONB, nullable=False)
    council_score = Column(Numeric(5, 2))
    predicted_roas = Column(Numeric(10, 2))
    verdict = Column(String(20))
    created_at = Column(DateTime(timezone=True), server_default=func.now())


class ABTest(Base):
    """Two blueprints against each other."""

    __tablename__ = "ab_tests"

    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)
    blueprint_a = Column(UUID(as_uuid=True), nullable=False)
    blueprint_b = Column(UUID(as_uuid=True), nullable=False)
    budget_cents = Column(Integer, nullable=False)
    status = Column(String(20), default="planned")
    created_at = Column(DateTime(timezone=True), server_default=func.now())
