/** fastapi-users' tables of users, OAuth accounts and access tokens (package `fastapi-users-db-sqlalchemy`, version 7). */

const TABLES = `
from uuid import UUID, uuid4
from datetime import datetime
from typing import Optional
from sqlalchemy import Boolean, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from fastapi_users_db_sqlalchemy.generics import GUID, TIMESTAMPAware

UUID_ID = UUID

class SQLAlchemyBaseUserTable:
    __tablename__ = "user"
    email: Mapped[str] = mapped_column(String(320), unique=True, index=True)
    hashed_password: Mapped[str] = mapped_column(String(1024))
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
    is_superuser: Mapped[bool] = mapped_column(Boolean, default=False)
    is_verified: Mapped[bool] = mapped_column(Boolean, default=False)

class SQLAlchemyBaseUserTableUUID(SQLAlchemyBaseUserTable):
    id: Mapped[UUID] = mapped_column(GUID, primary_key=True, default=uuid4)

class SQLAlchemyBaseOAuthAccountTable:
    __tablename__ = "oauth_account"
    oauth_name: Mapped[str] = mapped_column(String(100), index=True)
    access_token: Mapped[str] = mapped_column(String(1024))
    expires_at: Mapped[Optional[int]] = mapped_column(Integer)
    refresh_token: Mapped[Optional[str]] = mapped_column(String(1024))
    account_id: Mapped[str] = mapped_column(String(320), index=True)
    account_email: Mapped[str] = mapped_column(String(320))

class SQLAlchemyBaseOAuthAccountTableUUID(SQLAlchemyBaseOAuthAccountTable):
    id: Mapped[UUID] = mapped_column(GUID, primary_key=True, default=uuid4)

    @declared_attr
    def user_id(cls) -> Mapped[UUID]:
        return mapped_column(GUID, ForeignKey("user.id", ondelete="cascade"), nullable=False)
`;

const TOKENS = `
from datetime import datetime
from uuid import UUID
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from fastapi_users_db_sqlalchemy.generics import GUID, TIMESTAMPAware

def now_utc():
    return datetime.now()

class SQLAlchemyBaseAccessTokenTable:
    __tablename__ = "accesstoken"
    token: Mapped[str] = mapped_column(String(43), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(TIMESTAMPAware(timezone=True), index=True, default=now_utc)

class SQLAlchemyBaseAccessTokenTableUUID(SQLAlchemyBaseAccessTokenTable):
    @declared_attr
    def user_id(cls) -> Mapped[UUID]:
        return mapped_column(GUID, ForeignKey("user.id", ondelete="cascade"), nullable=False)
`;

export const FASTAPI_USERS = {
	fastapi_users_db_sqlalchemy: TABLES,
	"fastapi_users_db_sqlalchemy.access_token": TOKENS,
	"fastapi_users.db": TABLES,
	"fastapi_users.db.sqlalchemy": TABLES,
};
