"""The metadata that the environment and the helpers share."""

from sqlalchemy import MetaData


def joined(constraint, table):
    return "_and_".join([column.name for column in constraint.columns])


target_metadata = MetaData(
    naming_convention={
        "joined": joined,
        "ix": "idx_%(table_name)s_%(column_0_name)s",
        "uq": "one_%(table_name)s_%(joined)s",
        "fk": "to_%(referred_table_name)s_from_%(table_name)s_%(column_0_name)s",
        "pk": "key_%(table_name)s",
    }
)
