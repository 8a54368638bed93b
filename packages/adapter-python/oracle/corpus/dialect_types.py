import sqlalchemy as sa
from pgvector.sqlalchemy import HALFVEC, SPARSEVEC, Vector
from sqlalchemy import Column, Index, Integer
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import (
    ARRAY, BIT, BYTEA, CIDR, CITEXT, DATERANGE, DOUBLE_PRECISION, HSTORE, INET, INT4RANGE, INT8RANGE, INTERVAL, JSON,
    JSONB, MACADDR, MONEY, NUMRANGE, OID, REGCLASS, TIME, TIMESTAMP, TSQUERY, TSTZRANGE, TSVECTOR, UUID, TSTZMULTIRANGE,
)
from sqlalchemy.ext.mutable import MutableDict, MutableList
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class T(Base):
    __tablename__ = "t"
    id = Column(UUID(as_uuid=True), primary_key=True)
    a = Column(ARRAY(sa.String(10)))
    a2 = Column(ARRAY(Integer, dimensions=2))
    a3 = Column(sa.ARRAY(sa.Text))
    b = Column(BIT(5))
    b1 = Column(BIT)
    b2 = Column(BIT(8, varying=True))
    c = Column(BYTEA)
    d = Column(CIDR)
    e = Column(CITEXT)
    f = Column(DATERANGE)
    g = Column(DOUBLE_PRECISION)
    h = Column(HSTORE)
    i = Column(INET)
    j = Column(INT4RANGE)
    k = Column(INT8RANGE)
    l = Column(INTERVAL)
    m = Column(INTERVAL(precision=3))
    n = Column(JSON)
    o = Column(JSONB(none_as_null=True))
    p = Column(MACADDR)
    q = Column(MONEY)
    r = Column(NUMRANGE)
    s = Column(OID)
    u = Column(REGCLASS)
    v = Column(TIME(precision=3))
    w = Column(TIMESTAMP(timezone=True))
    w2 = Column(TIMESTAMP(timezone=True, precision=3))
    w3 = Column(postgresql.TIMESTAMP)
    x = Column(TSQUERY)
    y = Column(TSTZRANGE)
    z = Column(TSVECTOR)
    z1 = Column(TSTZMULTIRANGE)
    v1 = Column(sa.JSON().with_variant(JSONB, "postgresql"))
    v2 = Column(sa.JSON().with_variant(JSONB(), "postgresql", "sqlite"))
    v3 = Column(sa.String(7).with_variant(sa.Text, "sqlite"))
    v4 = Column(JSONB().with_variant(sa.JSON, "sqlite"))
    m1 = Column(MutableDict.as_mutable(JSONB))
    m2 = Column(MutableList.as_mutable(ARRAY(sa.Text())))
    emb = Column(Vector(1536))
    emb0 = Column(Vector)
    half = Column(HALFVEC(3))
    sparse = Column(SPARSEVEC(5))
    coll = Column(sa.String(5, collation="C"))
    iv = Column(sa.Interval(second_precision=3))
    ex = Column(sa.TIMESTAMP(timezone=True))
    dt = Column(postgresql.DOMAIN("posint", Integer))
    gen = Column(TSVECTOR, sa.Computed("to_tsvector('english', v3)", persisted=True))

    __table_args__ = (
        Index("ix_emb", "emb", postgresql_using="hnsw", postgresql_with={"m": 16}, postgresql_ops={"emb": "vector_cosine_ops"}),
        Index("ix_z", z, postgresql_using="gin"),
        Index("ix_e", sa.func.coalesce(e, "x"), "i"),
    )
