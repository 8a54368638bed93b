"""The tables that every service uses."""
import uuid

from sqlalchemy import Column, Date, DateTime, ForeignKey, Integer, Numeric, String, Text
from sqlalchemy.dialects.postgresql import JSONB, UUID
from sqlalchemy.orm import declarative_base
from sqlalchemy.sql import func

Base = declarative_base()


class Campaign(Base):
    __tablename__ = "campaigns"

    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)
    name = Column(String(255), nullable=False)
    status = Column(String(50), default="draft")
    budget_daily = Column(Numeric(10, 2))
    target_audience = Column(JSONB)
    created_at = Column(DateTime(timezone=True), server_default=func.now())
    updated_at = Column(DateTime(timezone=True), server_default=func.now(), onupdate=func.now())


class Video(Base):
    __tablename__ = "videos"

    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)
    campaign_id = Column(UUID(as_uuid=True), ForeignKey("campaigns.id", ondelete="CASCADE"), index=True)
    title = Column(String(255))
    description = Column(Text)
    storage_path = Column(Text)
    duration_seconds = Column(Numeric(10, 2))
    status = Column(String(50), default="processing")
    created_at = Column(DateTime(timezone=True), server_default=func.now())


class Clip(Base):
    __tablename__ = "clips"

    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)
    video_id = Column(UUID(as_uuid=True), ForeignKey("videos.id", ondelete="CASCADE"), index=True)
    asset_id = Column(String(255))
    name = Column(String(255))
    transcript = Column(Text)
    scene_type = Column(String(50))
    engagement_score = Column(Numeric(5, 4))
    ctr_score = Column(Numeric(5, 4))
    scene_score = Column(Numeric(5, 4))
    storage_path = Column(Text)
    created_at = Column(DateTime(timezone=True), server_default=func.now())


class Emotion(Base):
    __tablename__ = "emotions"

    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)
    clip_id = Column(UUID(as_uuid=True), ForeignKey("clips.id", ondelete="CASCADE"), nullable=False)
    emotion = Column(String(50), nullable=False)
    confidence = Column(Numeric(5, 4))
    at_second = Column(Numeric(10, 3))
    created_at = Column(DateTime(timezone=True), server_default=func.now())


class PerformanceMetric(Base):
    __tablename__ = "performance_metrics"

    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)
    video_id = Column(UUID(as_uuid=True), ForeignKey("videos.id", ondelete="CASCADE"))
    campaign_id = Column(UUID(as_uuid=True), ForeignKey("campaigns.id", ondelete="CASCADE"))
    platform = Column(String(50), nullable=False)
    date = Column(Date, nullable=False)
    impressions = Column(Integer, default=0)
    clicks = Column(Integer, default=0)
    ctr = Column(Numeric(5, 4))
    spend = Column(Numeric(12, 2), default=0)
    recorded_at = Column(DateTime, server_default=func.now())
