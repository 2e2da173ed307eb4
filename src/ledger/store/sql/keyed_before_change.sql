-- What stood, before this change, in the residents that it updated or removed? ?1 change, ?2 the last log row seen, ?3 how
-- many. The first log row of a resident decides: an insert means that nothing stood there. A column's old value is in
-- the first log row that has it; where none has, it stands there still.
SELECT c.id AS at,
       coalesce(c.before ->> '$.id',
                (SELECT n.before ->> '$.id' FROM change_row n WHERE n.row_uid = c.row_uid AND n.change_id = ?1
                 AND n.table_name = 'resident' AND n.before ->> '$.id' IS NOT NULL ORDER BY n.id LIMIT 1), r.id) AS id,
       coalesce(c.before ->> '$.name',
                (SELECT n.before ->> '$.name' FROM change_row n WHERE n.row_uid = c.row_uid AND n.change_id = ?1
                 AND n.table_name = 'resident' AND n.before ->> '$.name' IS NOT NULL ORDER BY n.id LIMIT 1), r.name) AS name,
       coalesce(c.before ->> '$.id_number',
                (SELECT n.before ->> '$.id_number' FROM change_row n WHERE n.row_uid = c.row_uid AND n.change_id = ?1
                 AND n.table_name = 'resident' AND n.before ->> '$.id_number' IS NOT NULL ORDER BY n.id LIMIT 1),
                r.id_number) AS id_number,
       coalesce(c.before ->> '$.phone',
                (SELECT n.before ->> '$.phone' FROM change_row n WHERE n.row_uid = c.row_uid AND n.change_id = ?1
                 AND n.table_name = 'resident' AND n.before ->> '$.phone' IS NOT NULL ORDER BY n.id LIMIT 1), r.phone) AS phone
FROM change_row c LEFT JOIN resident r ON r.uid = c.row_uid
WHERE c.change_id = ?1 AND c.id > ?2 AND c.table_name = 'resident' AND c.kind <> 'insert'
  AND NOT EXISTS (SELECT 1 FROM change_row e WHERE e.row_uid = c.row_uid AND e.change_id = ?1 AND e.id < c.id
                  AND e.table_name = 'resident')
ORDER BY c.id LIMIT ?3
