from geoalchemy2 import Geography, Geometry, Raster
from geoalchemy2.types import Geometry as Shape
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Place(Base):
    __tablename__ = "place"
    id: Mapped[int] = mapped_column(primary_key=True)
    point = mapped_column(Geometry("POINT", srid=4326))
    area = mapped_column(Geometry(geometry_type="POLYGON", srid=4326, spatial_index=False))
    anything = mapped_column(Shape)
    world = mapped_column(Geography(geometry_type="POINT", srid=4326))
    untyped = mapped_column(Geometry(geometry_type=None, srid=3857, spatial_index=False))
