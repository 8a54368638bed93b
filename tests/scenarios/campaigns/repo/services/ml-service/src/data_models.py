"""What the ml-service stores: predictions, drift, experiments, trained models."""
import uuid
from datetime import datetime

from sqlalchemy import Boolean, Column, DateTime, Float, Integer, Numeric, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB, UUID
from sqlalchemy.orm import declarative_base
from sqlalchemy.sql import func

Base = declarative_base()
MonitoringBase = declarative_base()


class Prediction(Base):
    __tablename__ = "predictions"

    id = Column(String, primary_key=True)
    video_id = Column(String(255), nullable=False)
    model_version = Column(String(50))
    predicted_ctr = Column(Numeric(10, 6))
    predicted_roas = Column(Numeric(10, 4))
    actual_ctr = Column(Numeric(10, 6))
    actual_roas = Column(Numeric(10, 4))
    created_at = Column(DateTime(timezone=True), server_default=func.now())


class CreativeFormula(Base):
    __tablename__ = "creative_formulas"

    id = Column(String(255), primary_key=True)
    account_id = Column(String(255), nullable=False)
    formula = Column(JSONB, nullable=False)
    sample_size = Column(Integer, default=0)
    created_at = Column(DateTime(timezone=True), server_default=func.now())


class WinningPattern(Base):
    __tablename__ = "winning_patterns"

    pattern_id = Column(String(64), primary_key=True)
    ad_archive_id = Column(String(100))
    advertiser = Column(String(255))
    hook_text = Column(Text)
    longevity_days = Column(Integer)
    score = Column(Float)
    created_at = Column(DateTime(timezone=True), server_default=func.now())


class PredictionRecord(Base):
    __tablename__ = "prediction_records"

    prediction_id = Column(String(100), primary_key=True)
    model_name = Column(String(100), nullable=False)
    features = Column(JSONB)
    predicted_at = Column(DateTime, default=datetime.utcnow)


class PredictionRecordForDrift(MonitoringBase):
    """The same table, as the drift detector sees it."""

    __tablename__ = "prediction_records"

    model_name = Column(String(100), primary_key=True)
    predicted_at = Column(DateTime, primary_key=True)
    features = Column(JSONB)


class ModelPerformance(Base):
    __tablename__ = "model_performance_history"

    id = Column(Integer, primary_key=True)
    model_name = Column(String(100), nullable=False)
    mae = Column(Float)
    rmse = Column(Float)
    measured_at = Column(DateTime, default=datetime.utcnow)


class DriftReport(Base):
    __tablename__ = "drift_reports"

    id = Column(Integer, primary_key=True)
    model_name = Column(String(100), nullable=False)
    psi = Column(Float)
    # The attribute is called otherwise, because SQLAlchemy keeps `metadata` for itself.
    report_metadata = Column("metadata", JSONB)
    created_at = Column(DateTime, default=datetime.utcnow)


class ABTest(Base):
    __tablename__ = "ab_tests"

    test_id = Column(String(64), primary_key=True)
    model_a = Column(String(100), nullable=False)
    model_b = Column(String(100), nullable=False)
    traffic_split = Column(Float, default=0.5)
    winner = Column(String(100))
    started_at = Column(DateTime, default=datetime.utcnow)


class ABTestVariant(Base):
    __tablename__ = "ab_test_variants"

    id = Column(Integer, primary_key=True)
    test_id = Column(String(64), nullable=False)
    name = Column(String(50), nullable=False)
    __table_args__ = (UniqueConstraint("test_id", "name"),)


class FeatureSnapshot(Base):
    __tablename__ = "feature_snapshots"

    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)
    entity_id = Column(String(100), nullable=False)
    features = Column(JSONB, nullable=False)
    taken_at = Column(DateTime, default=datetime.utcnow)


class TrainingRun(Base):
    __tablename__ = "training_runs"

    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)
    model_name = Column(String(100), nullable=False)
    samples = Column(Integer)
    finished_at = Column(DateTime)


class ChampionModel(Base):
    __tablename__ = "champion_models"

    model_name = Column(String(100), primary_key=True)
    version = Column(String(50), nullable=False)
    is_active = Column(Boolean, default=True)
