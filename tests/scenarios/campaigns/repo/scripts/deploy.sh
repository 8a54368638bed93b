#!/usr/bin/env bash
# Brings the production database and the services up to date.
set -euo pipefail

: "${DATABASE_URL:?}"

for file in database_migrations/*.sql; do
  echo "running $file"
  psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f "$file"
done

for service in gateway-api ml-service video-agent titan-core meta-publisher; do
  gcloud run deploy "$service" --source "services/$service" --quiet
done
