-- The same people as in candidates.sql, with what the rules read, for counting.
-- ?1 latest birth, ?2 year of the earliest birth or '' (text order), ?3 sex or ''.
SELECT r.id, r.sex, r.born, r.standing, r.standing_on, r.source_id
FROM resident r NOT INDEXED
WHERE r.standing = 'present' AND r.born <= ?1 AND (r.born >= ?2 OR r.born = '') AND (?3 = '' OR r.sex IN ('', ?3))
ORDER BY r.id
