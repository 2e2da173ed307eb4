-- Which residents did this change write so that their keys may be new, and what are these made from?
-- ?1 change, ?2 the last log row seen, ?3 how many.
SELECT c.id AS at, r.id, r.name, r.id_number, r.phone
FROM change_row c CROSS JOIN resident r ON r.uid = c.row_uid
WHERE c.change_id = ?1 AND c.id > ?2 AND c.table_name = 'resident'
ORDER BY c.id LIMIT ?3
