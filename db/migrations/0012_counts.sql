-- Counts of everything (`status`) are read from indexes alone.
create index email_by_stage on outreach_log (stage, status);
create index cycle_by_outcome on outreach_cycle (status, outcome, urgent);
