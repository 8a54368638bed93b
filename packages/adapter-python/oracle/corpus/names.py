from sqlalchemy import Column, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import declarative_base
from sqlalchemy.schema import MetaData

metadata = MetaData()
Base = declarative_base(metadata=metadata)


class Odd(Base):
    __tablename__ = 'odd "table" 🐘'
    id = Column(Integer, primary_key=True)
    camel = Column("camelCase", Integer, unique=True)
    order = Column(Integer)
    space = Column("with space", Text)
    quote = Column('quo"te', Text, index=True)
    __table_args__ = (UniqueConstraint("camelCase", "with space"), Index("Mixed", "camelCase"))


class Up(Base):
    __tablename__ = "UpperCase"
    Id = Column(Integer, primary_key=True)
    odd = Column(Integer, ForeignKey('odd "table" 🐘.camelCase'))
    parent = Column(Integer, ForeignKey("UpperCase.Id"))
