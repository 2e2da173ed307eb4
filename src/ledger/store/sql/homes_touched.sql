-- In which households may the changes after ?1 have altered who is counted? Where it was, and where it is. At most ?2.
-- Of a resident's columns only household and standing count; a link hides and shows who stands behind it.
SELECT coalesce(c.before ->> '$.household_id', r.household_id) AS was_in, r.household_id AS is_in
FROM change_row c LEFT JOIN resident r ON r.uid = c.row_uid
WHERE c.change_id > ?1 AND c.table_name = 'resident'
  AND (c.kind <> 'update' OR c.before ->> '$.household_id' IS NOT NULL OR c.before ->> '$.standing' IS NOT NULL)
UNION ALL
SELECT c.before ->> '$.id', h.id FROM change_row c LEFT JOIN household h ON h.uid = c.row_uid
WHERE c.change_id > ?1 AND c.table_name = 'household'
UNION ALL
SELECT b.household_id, r.household_id
FROM change_row c LEFT JOIN same_person s ON s.uid = c.row_uid LEFT JOIN resident r ON r.id = s.behind_id
LEFT JOIN resident b ON b.id = c.before ->> '$.behind_id'
WHERE c.change_id > ?1 AND c.table_name = 'same_person'
UNION ALL
SELECT NULL, NULL FROM change_row WHERE change_id > ?1 AND table_name = 'village_group'
LIMIT ?2
