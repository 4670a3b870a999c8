-- contacts.sql: the queries of contacts.c. Row policies show everybody the own addresses and choices.

-- name: contacts_head :one
-- params: is_saved boolean
SELECT :is_saved AS is_saved;

-- name: contacts_rows :many address
-- The own addresses: those that count first, then those that wait for their code.
-- params:
-- rows: at most 40
SELECT c.id AS contact_id, c.channel, c.address, c.verified_at IS NOT NULL AS is_verified,
       c.suspended_at IS NOT NULL AS is_suspended
  FROM ej.contact AS c
 WHERE c.person_id = ANY ((SELECT ej.my_persons())::bigint[])
 ORDER BY c.suspended_at IS NOT NULL, c.verified_at IS NULL, c.channel, c.id LIMIT 40;

-- name: contacts_kinds :many kind
-- The kinds of notices that can concern the reader, with how the reader is told.
-- params:
SELECT k.n AS kind_no, k.kind, coalesce(e.mode, ej.choice_default(k.mode, 'email')) AS email,
       coalesce(s.mode, ej.choice_default(k.mode, 'sms')) AS sms
  FROM ej.notice_kinds() AS k
  LEFT JOIN ej.choice AS e ON e.person_id = ANY ((SELECT ej.my_persons())::bigint[]) AND e.kind = k.kind
   AND e.channel = 'email'
  LEFT JOIN ej.choice AS s ON s.person_id = ANY ((SELECT ej.my_persons())::bigint[]) AND s.kind = k.kind
   AND s.channel = 'sms'
 WHERE NOT starts_with(k.kind, 'contact_')
   AND (k.audience && (SELECT ej.my_audiences()) OR k.kind = ANY ('{announcement,message,support}')
        OR k.kind = 'few_marks' AND (SELECT ej.my_write_teachings()) <> '{}'
        OR k.kind = 'card_answered' AND (SELECT ej.my_guardians()) <> '{}'
        OR k.kind = 'new_device' AND (SELECT ej.my_staff()) <> '{}')
 ORDER BY k.n;

-- name: contacts_known :many known
-- The addresses on the reader's card as a guardian that are not among the own ones yet.
-- params:
SELECT DISTINCT v.channel, v.address
  FROM ej.guardian AS g
 CROSS JOIN LATERAL (VALUES ('email', ej.contact_address('email', g.email)),
                            ('sms', ej.contact_address('sms', g.phone))) AS v(channel, address)
 WHERE g.id = ANY ((SELECT ej.my_guardians())::bigint[]) AND v.address IS NOT NULL
   AND NOT EXISTS (SELECT FROM ej.contact AS c
                    WHERE c.person_id = ANY ((SELECT ej.my_persons())::bigint[]) AND c.channel = v.channel
                      AND c.address = v.address AND c.suspended_at IS NULL);

-- name: contacts_show :one
-- params: contact_id bigint
SELECT c.id AS contact_id, c.channel, c.address, c.verified_at IS NOT NULL AS is_verified,
       c.suspended_at IS NOT NULL AS is_suspended, c.sent_at < now() - interval '1 day' AS is_old
  FROM ej.contact AS c WHERE c.id = :contact_id AND c.person_id = ANY ((SELECT ej.my_persons())::bigint[]);

-- name: contacts_choose :outcomes
-- params: email_id bigint[], email text[], old_email text[], sms_id bigint[], sms text[], old_sms text[]
SELECT ej.choices_save(:email_id::int[], :old_email, :email, :sms_id::int[], :old_sms, :sms);

-- name: contacts_add :outcomes
-- params: channel text, address text
SELECT ej.contact_add(:channel, :address);

-- name: contacts_try :many tried
-- Counts a typed code as a guess; the result is never shown.
-- params: contact_id bigint, code text
SELECT ej.contact_try(:contact_id, :code) AS wait_s;

-- name: contacts_save :outcomes
-- params: contact_id bigint, action text, code text
SELECT CASE :action WHEN 'confirm' THEN ej.contact_confirm(:contact_id, :code)
                    WHEN 'send' THEN ej.contact_send(:contact_id) ELSE ej.contact_drop(:contact_id) END;
