-- What somebody must approve may be asked for in the back office, too: by a user, and at no till (`APR-1`).

alter table approvals add column user_id uuid;
alter table approvals add column device_id uuid;
update approvals set device_id = terminal_id;
alter table approvals drop column terminal_id;
alter table approvals rename column device_id to terminal_id;
