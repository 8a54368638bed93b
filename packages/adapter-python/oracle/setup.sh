#!/bin/sh
# Makes the Python environment of the oracle suite: real SQLAlchemy, SQLModel, Flask-SQLAlchemy and pgvector.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
venv="$here/../.oracle/venv"
if [ ! -x "$venv/bin/python" ]; then
	python3 -m venv "$venv"
fi
if ! cmp -s "$here/requirements.txt" "$venv/installed.txt"; then
	"$venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
	cp "$here/requirements.txt" "$venv/installed.txt"
fi
"$venv/bin/python" - <<'PYTHON'
from importlib.metadata import version
print(", ".join(f"{name} {version(name)}" for name in ("SQLAlchemy", "sqlmodel", "Flask-SQLAlchemy", "pgvector")))
PYTHON
