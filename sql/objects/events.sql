-- events.sql: events of a class or of the whole school (DIA-03): who enters one.

ALTER TABLE ej.event ALTER COLUMN staff_id SET DEFAULT (ej.my_staff())[1];
