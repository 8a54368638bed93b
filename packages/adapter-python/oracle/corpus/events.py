from sqlalchemy import DDL, Column, Integer, String, event, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Item(Base):
    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


trigger = DDL("CREATE INDEX item_name_idx ON item (lower(name))")
event.listen(Item.__table__, "after_create", trigger.execute_if(dialect="postgresql"))
event.listen(Item.__table__, "after_create", DDL("ALTER TABLE item ADD COLUMN extra text").execute_if(dialect="sqlite"))
event.listen(Base.metadata, "before_create", DDL("CREATE SEQUENCE item_numbers"))
event.listen(Item, "before_insert", lambda mapper, connection, target: None)


@event.listens_for(Item.__table__, "after_create")
def receive(target, connection, **kw):
    connection.execute(text("ALTER TABLE item ADD CONSTRAINT item_named CHECK (name <> '')"))
