/** Models that extensions of Flask bring: Flask-Security's `fsqla` in its versions, and Flask-Dance's OAuth tokens. */

const FIRST = `
from datetime import datetime
from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, String
from sqlalchemy.sql import func
from flask_security import AsaList

class FsModels:
    user_table_name = "user"
    role_table_name = "role"

    @classmethod
    def set_db_info(cls, appdb, user_table_name="user", role_table_name="role", webauthn_table_name="webauthn"):
        cls.roles_users = appdb.Table(
            "roles_users",
            Column("user_id", Integer(), ForeignKey(f"{user_table_name}.id")),
            Column("role_id", Integer(), ForeignKey(f"{role_table_name}.id")),
        )

class FsRoleMixin:
    id = Column(Integer(), primary_key=True)
    name = Column(String(80), unique=True, nullable=False)
    description = Column(String(255))
    permissions = Column(AsaList())
    update_datetime = Column(DateTime, nullable=False, server_default=func.now(), onupdate=datetime.utcnow)

class FsUserMixin:
    id = Column(Integer, primary_key=True)
    email = Column(String(255), unique=True, nullable=False)
    username = Column(String(255))
    password = Column(String(255), nullable=False)
    active = Column(Boolean(), nullable=False)
    fs_uniquifier = Column(String(64), unique=True, nullable=False)
    confirmed_at = Column(DateTime())
    last_login_at = Column(DateTime())
    current_login_at = Column(DateTime())
    last_login_ip = Column(String(64))
    current_login_ip = Column(String(64))
    login_count = Column(Integer)
    tf_primary_method = Column(String(64))
    tf_totp_secret = Column(String(255))
    tf_phone_number = Column(String(128))
    create_datetime = Column(DateTime, nullable=False, server_default=func.now())
    update_datetime = Column(DateTime, nullable=False, server_default=func.now(), onupdate=datetime.utcnow)
`;

const SECOND = `
from sqlalchemy import Column, String, Text
from flask_security.models.fsqla import FsModels, FsRoleMixin, FsUserMixin as Earlier

class FsUserMixin(Earlier):
    username = Column(String(255), unique=True)
    us_totp_secrets = Column(Text)
    us_phone_number = Column(String(128))
`;

const THIRD = `
from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, LargeBinary, String
from sqlalchemy.orm import declared_attr
from sqlalchemy.sql import func
from flask_security import AsaList
from flask_security.models.fsqla_v2 import FsModels, FsRoleMixin, FsUserMixin as Earlier

class FsUserMixin(Earlier):
    fs_webauthn_user_handle = Column(String(64), unique=True)
    mf_recovery_codes = Column(AsaList())
    password = Column(String(255))
    us_phone_number = Column(String(128), unique=True)

class FsWebAuthnMixin:
    id = Column(Integer, primary_key=True)
    credential_id = Column(LargeBinary(1024), index=True, unique=True, nullable=False)
    public_key = Column(LargeBinary, nullable=False)
    sign_count = Column(Integer, default=0)
    transports = Column(AsaList())
    backup_state = Column(Boolean, nullable=False)
    device_type = Column(String(64), nullable=False)
    extensions = Column(String(255))
    create_datetime = Column(DateTime, nullable=False, server_default=func.now())
    lastuse_datetime = Column(DateTime, nullable=False)
    name = Column(String(64), nullable=False)
    usage = Column(String(64), nullable=False)

    @declared_attr
    def user_id(cls):
        return Column(Integer, ForeignKey(f"{FsModels.user_table_name}.id", ondelete="CASCADE"), nullable=False)
`;

const DANCE = `
from datetime import datetime
from sqlalchemy import JSON, Column, DateTime, Integer, String

class OAuthConsumerMixin:
    id = Column(Integer, primary_key=True)
    provider = Column(String(50), nullable=False)
    created_at = Column(DateTime, default=datetime.utcnow, nullable=False)
    token = Column(JSON, nullable=False)
`;

export const FLASK = {
	"flask_security.models": "",
	"flask_security.models.fsqla": FIRST,
	"flask_security.models.fsqla_v2": SECOND,
	"flask_security.models.fsqla_v3": THIRD,
	"flask_dance.consumer.storage.sqla": DANCE,
};
