from typing import Optional

from sqlalchemy import Column, ForeignKey, Integer, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column


class Base(DeclarativeBase):
    pass


class Stamp:
    stamp = Column(Integer, nullable=False)


class Employee(Stamp, Base):
    __tablename__ = "employee"
    id: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "type", "polymorphic_identity": "employee"}


class Engineer(Employee):
    __tablename__ = "engineer"
    id: Mapped[int] = mapped_column(ForeignKey("employee.id", ondelete="CASCADE"), primary_key=True)
    engineer_info: Mapped[str]
    __mapper_args__ = {"polymorphic_identity": "engineer"}


class Manager(Employee):
    manager_data: Mapped[str] = mapped_column(nullable=True)
    start: Mapped[Optional[int]] = mapped_column(use_existing_column=True)
    __mapper_args__ = {"polymorphic_identity": "manager"}


class Boss(Employee):
    start: Mapped[Optional[int]] = mapped_column(use_existing_column=True)
    extra = Column(Text)
    __mapper_args__ = {"polymorphic_identity": "boss"}


class Senior(Engineer):
    level = Column(Integer)
    __mapper_args__ = {"polymorphic_identity": "senior"}


class Concrete(Employee):
    __tablename__ = "concrete"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    type: Mapped[str]
    stamp: Mapped[int]
    __mapper_args__ = {"concrete": True}


class HasName:
    @declared_attr.directive
    def __tablename__(cls):
        return cls.__name__.lower()


class Animal(HasName, Base):
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "kind"}


class Dog(Animal):
    id: Mapped[int] = mapped_column(ForeignKey("animal.id"), primary_key=True)
    __mapper_args__ = {"polymorphic_identity": "dog"}
