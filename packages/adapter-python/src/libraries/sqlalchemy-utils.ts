/** SQLAlchemy-Utils' mixin of two times; its types are in ../sqlalchemy/types. */

const TIMES = `
from datetime import datetime
from sqlalchemy import Column, DateTime

class Timestamp:
    created = Column(DateTime, default=datetime.utcnow, nullable=False)
    updated = Column(DateTime, default=datetime.utcnow, nullable=False)
`;

export const SQLALCHEMY_UTILS = {
	sqlalchemy_utils: TIMES,
	"sqlalchemy_utils.models": TIMES,
};
