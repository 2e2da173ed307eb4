-- The facts and states of candidates.sql, for counting.
-- ?1 programme, ?2 period, ?3 latest birth (text order), ?4 and ?5 first and last day of the period.
SELECT r.id, r.sex, r.born, r.standing, r.standing_on, r.source_id,
       f.value AS residency, f.on_date AS residency_on, f.source_id AS residency_source_id, o.outcome,
       EXISTS (SELECT 1 FROM service s WHERE s.resident_id = r.id AND s.programme = ?1
               AND s.on_date BETWEEN ?4 AND ?5) AS been
FROM resident r NOT INDEXED
LEFT JOIN fact f ON f.resident_id = r.id AND f.kind = 'residency'
LEFT JOIN offer o ON o.resident_id = r.id AND o.programme = ?1 AND o.period = ?2
WHERE r.standing = 'present' AND r.born <= ?3
  AND NOT EXISTS (SELECT 1 FROM same_person b WHERE b.behind_id = r.id)
