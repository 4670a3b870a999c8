-- requests.sql: a request and a verification are made in the name of the present member of
-- staff.

ALTER TABLE ej.request ALTER COLUMN staff_id SET DEFAULT (ej.my_staff())[1];
ALTER TABLE ej.verification ALTER COLUMN staff_id SET DEFAULT (ej.my_staff())[1];
