-- What are the keys of all residents made from? ?1 is not used, ?2 the last resident seen, ?3 how many.
SELECT id AS at, id, name, id_number, phone FROM resident WHERE id > ?2 AND ?1 = 0 ORDER BY id LIMIT ?3
