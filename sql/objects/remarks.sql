-- remarks.sql: remarks of teachers to one pupil and the family (JRN-09): their author and time.

ALTER TABLE ej.remark ALTER COLUMN staff_id SET DEFAULT (ej.my_staff())[1],
                      ALTER COLUMN made_on SET DEFAULT ej.my_today();
