-- Predictions against what happened; written by the ml-service.

create table if not exists public.feedback_events (
  event_id bigserial primary key,
  prediction_id character varying(255) not null,
  observed_ctr numeric(10, 6),
  observed_roas numeric(10, 4),
  observed_at timestamp with time zone default current_timestamp
);
create index if not exists feedback_events_prediction_idx on public.feedback_events(prediction_id);
