from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, MetaData, String, UniqueConstraint, Boolean, Enum
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=convention, schema="shop")


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(100), unique=True)
    code: Mapped[str] = mapped_column(index=True)
    a: Mapped[int]
    b: Mapped[int]
    state: Mapped[str] = mapped_column(Enum("x", "y", name="state_kind", native_enum=False, create_constraint=True))
    __table_args__ = (
        UniqueConstraint("a", "b"),
        UniqueConstraint("b", name="my_name"),
        CheckConstraint("a > 0", name="positive"),
        Index(None, "a"),
    )


class Purchase(Base):
    __tablename__ = "a_very_long_table_name_that_makes_every_generated_name_too_long"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("shop.customers.id", name="explicit"))
    self_id: Mapped[int] = mapped_column(ForeignKey(Customer.id))
