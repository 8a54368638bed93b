/** `meta/_journal.json` and `meta/0007_snapshot.json`; `20250101120000_name/snapshot.json` of drizzle-kit 1.0. */
export const SNAPSHOT_FILE = /(?:^|\/)meta\/[^/]+\.json$|(?:^|\/)\d{4,}_[^/]+\/snapshot\.json$/;
