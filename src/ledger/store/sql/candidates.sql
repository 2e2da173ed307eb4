-- Whom may a programme concern, what is known of them, and where does their offer stand?
-- ?1 programme, ?2 period, ?3 latest birth (text order), ?4 and ?5 first and last day of the period.
-- NOT INDEXED: one in six matches and pages are sealed, so reading all in key order is faster than hopping.
SELECT r.id, r.uid, r.name, r.id_number, r.sex, r.born, r.phone, r.standing, r.standing_on, r.source_id, r.known_on,
       h.number AS household_number, h.uid AS household_uid, g.name AS group_name, coalesce(c.name, '') AS contact,
       f.value AS residency, f.on_date AS residency_on, f.source_id AS residency_source_id,
       o.outcome, o.on_date AS outcome_on, coalesce(o.tries, 0) AS tries,
       EXISTS (SELECT 1 FROM service s WHERE s.resident_id = r.id AND s.programme = ?1
               AND s.on_date BETWEEN ?4 AND ?5) AS been
FROM resident r NOT INDEXED
CROSS JOIN household h ON h.id = r.household_id
CROSS JOIN village_group g ON g.id = h.group_id
LEFT JOIN contact_person c ON c.id = g.contact_person_id
LEFT JOIN fact f ON f.resident_id = r.id AND f.kind = 'residency'
LEFT JOIN offer o ON o.resident_id = r.id AND o.programme = ?1 AND o.period = ?2
WHERE r.standing = 'present' AND r.born <= ?3
  AND NOT EXISTS (SELECT 1 FROM same_person b WHERE b.behind_id = r.id)
