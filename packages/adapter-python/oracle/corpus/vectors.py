from pgvector.sqlalchemy import BIT, HALFVEC, SPARSEVEC, Vector
from sqlalchemy import Index
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

DIMENSIONS = 768


class Base(DeclarativeBase):
    pass


class Chunk(Base):
    __tablename__ = "chunk"
    id: Mapped[int] = mapped_column(primary_key=True)
    embedding = mapped_column(Vector(DIMENSIONS))
    half = mapped_column(HALFVEC(3))
    sparse = mapped_column(SPARSEVEC(5))
    bits = mapped_column(BIT(3))
    free = mapped_column(Vector)
    __table_args__ = (
        Index(
            "chunk_hnsw",
            "embedding",
            postgresql_using="hnsw",
            postgresql_with={"m": 16, "ef_construction": 64},
            postgresql_ops={"embedding": "vector_cosine_ops"},
        ),
    )
