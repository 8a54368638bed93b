const express = require("express");
const pool = require("../db/pool");

const router = express.Router();

router.post("/start", async (request, response) => {
  const { profileId, videoId } = request.body;
  const session = await pool.query(
    "INSERT INTO watch_sessions (profile_id, video_id) VALUES ($1, $2) RETURNING id, started_at",
    [profileId, videoId],
  );
  response.status(201).json(session.rows[0]);
});

router.post("/:id/stop", async (request, response) => {
  const { reason, minutes } = request.body;
  const session = await pool.query(
    "UPDATE watch_sessions SET ended_at = now(), stopped_reason = $2 WHERE id = $1 RETURNING profile_id",
    [request.params.id, reason],
  );
  await pool.query(
    `INSERT INTO daily_watch_time (profile_id, date, total_minutes) VALUES ($1, CURRENT_DATE, $2)
     ON CONFLICT (profile_id, date) DO UPDATE SET total_minutes = daily_watch_time.total_minutes + $2`,
    [session.rows[0].profile_id, minutes],
  );
  response.status(204).end();
});

router.get("/limits/:profileId", async (request, response) => {
  const limits = await pool.query(
    "SELECT name, avatar_url, daily_limit_minutes FROM profiles WHERE id = $1 AND deleted_at IS NULL",
    [request.params.profileId],
  );
  response.json(limits.rows[0]);
});

module.exports = router;
