"""Reads what a campaign sells, to give it to the script writer."""
from sqlalchemy import text


def campaign_brief(session, campaign_id):
    row = session.execute(
        text("SELECT product_name, offer, target_avatar FROM campaigns WHERE id = :id"),
        {"id": campaign_id},
    ).one()
    return dict(row._mapping)


def published_since(session, day):
    return session.execute(text("SELECT id FROM ads WHERE published_at >= :day"), {"day": day}).scalars().all()


def note(session, user_id, action):
    session.execute(
        text("INSERT INTO audit_log (user_id, action) VALUES (:user_id, :action)"),
        {"user_id": user_id, "action": action},
    )


def finished_videos(session, render_job_id):
    return session.execute(
        text("SELECT id, public_url, preview_path, resolution, file_size_bytes FROM videos WHERE render_job_id = :job"),
        {"job": render_job_id},
    ).all()
