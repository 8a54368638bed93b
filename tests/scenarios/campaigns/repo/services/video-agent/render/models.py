"""What the renderer keeps about its work."""
from datetime import datetime

from sqlalchemy import Column, DateTime, Float, ForeignKey, Integer, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class RenderJob(Base):
    __tablename__ = "render_jobs"

    job_id = Column(String(64), primary_key=True)
    storyboard = Column(JSONB, nullable=False)
    output_format = Column(String(10), default="mp4")
    resolution = Column(String(20), default="1080x1920")
    fps = Column(Integer, default=30)
    output_path = Column(Text)
    status = Column(String(50), default="pending")
    started_at = Column(DateTime)
    created_at = Column(DateTime, default=datetime.utcnow)


class RenderOutput(Base):
    __tablename__ = "render_outputs"

    id = Column(Integer, primary_key=True)
    job_id = Column(String(64), ForeignKey("render_jobs.job_id"), nullable=False)
    path = Column(Text, nullable=False)
    loudness = Column(Float)


class CreativeAsset(Base):
    __tablename__ = "creative_assets"

    id = Column(Integer, primary_key=True)
    path = Column(Text, nullable=False)
    kind = Column(String(20), nullable=False)
    created_at = Column(DateTime, default=datetime.utcnow)
